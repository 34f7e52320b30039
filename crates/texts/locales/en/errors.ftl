# What went wrong, and what to do about it.

error-required = Please fill this in.
error-too-long = This is too long.
error-whole-number = Please enter a whole number, 1 or more.
error-end-before-start = The end must be after the start.
error-deadline-after-end = The answer deadline must not be after the end.
error-date = Please enter a date and time that exist.
error-time-zone = This time zone is not known.
error-trainer = One of the trainers is no longer in the directory.
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
