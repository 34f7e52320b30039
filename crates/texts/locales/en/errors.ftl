# What went wrong, and what to do about it.

error-required = Please fill this in.
error-too-long = This is too long.
error-whole-number = Please enter a whole number, 1 or more.
error-end-before-start = The end must be after the start.
error-deadline-after-end = The answer deadline must not be after the end.
error-date = Please enter a date and time that exist.
error-time-zone = This time zone is not known.
error-trainer = One of the trainers is no longer in the directory.
error-trainer-yourself = Only an administrator can name you as the trainer of this training.
conflict-too-many-trainers = A training has at most 50 trainers.
error-email = This is not an e-mail address.
error-mobile = This is not a mobile number.
error-password-short = Please choose a password of at least 10 characters.

refusal-not-signed-in = Your session has ended. Please sign in again; what you typed is still here.
refusal-wrong-credentials = This e-mail or mobile and this password do not go together. Please try again.
refusal-not-allowed = You are not allowed to do this. Ask an administrator of your organisation.
refusal-not-found = This is not there, or no longer. Go back to the list and try again.
refusal-invalid = Some fields need your attention.
refusal-too-many = Too many attempts. Please try again in { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}.
refusal-failure = Something went wrong on our side and nothing was changed. Please try again; if it happens again, give this number to your administrator: { $incident }
refusal-transport = The server could not be reached. Check your network; nothing was changed.
conflict-selection-too-large = This selection names too many people one by one. Use the filters and Add all instead.
conflict-state = This invitation has changed meanwhile. The list now shows its present state.
gone-cancelled = This invitation was cancelled. If you think that this is a mistake, please contact the organiser.
gone-too-late = The time to answer is over. Please contact the organiser if you want to change your answer.

error-day = Please enter a day that exists.
error-number = Please enter a number.
error-too-short = This is too short.
error-too-small = This number is too small.
error-too-large = This number is too large.
error-too-early = This day is too early.
error-too-late = This day is too late.
error-tick = Please tick this box to go on.
error-choose = Please choose.
error-too-many-chosen = You have chosen too many.
error-too-few-chosen = Please choose more.
error-too-many-fields = A form has at most 60 fields.
error-field-twice = This field is in the form twice. Please remove it and add it again.
error-fills-kind = A field of this kind cannot fill that.
error-fills-twice = Another field fills that already.
error-limit = Please enter a whole number within what is possible here.
error-limits-crossed = This is less than the smallest value.
error-two-choices = Please give at least two options.
error-too-many-choices = At most 100 options.
error-choice-twice = An option is there twice.
error-choice-empty = Every option needs a text.
error-choice-names = Please say for every option which group or user type it stands for.
error-closes-before-opens = This must be after the opening.
error-entry-code = This is not the code that we sent, or its time is over. You can have a new one sent.
error-mobile-digits = These are not the last four digits of the number that we have.
conflict-full = This training is full.
conflict-not-today = You can say that you are here on the days of the training.
conflict-login-codes = Training codes are switched off for your organisation. An administrator can switch them on in the settings.
conflict-not-offered = Please offer self-registration first, then publish the form.
conflict-form-changed = Somebody else has published this form meanwhile. What you changed is still here: copy what you need, then load the page again.
error-paste-too-long = This is more than 5,000 addresses. Paste them in parts, or import a file.
error-paste-nobody = Nobody here can be put on the list.
conflict-paste-again = Somebody was adding one of these people at this moment. Nothing has been done: try again.
error-no-address = Please give an e-mail or a mobile.
error-somebody-elses = Somebody else has this already.
error-group-gone = One of the groups is no longer there. Please choose again.
error-name-taken = Another one is called so already.
conflict-person-again = Somebody was adding the same address at this moment. Please try again.
conflict-person-changed = Somebody else has changed this person meanwhile. What you typed is still here: compare it with what is there now.
conflict-yourself = You cannot do this with your own account. Ask another administrator.
conflict-user-type-used = Somebody has this user type, or it is the last one. Give the people another type first.
conflict-group-gone = One of the groups is no longer there. Load the page again and choose anew.
error-scope-empty = Choose at least one group.
conflict-account-inactive = This person is deactivated. Bring them back first.
conflict-account-unreachable = There is neither an e-mail nor a mobile to send the link to.
account-link-gone = This link was used already, or is older than 14 days. Sign in, or ask an administrator for another link.
