# The form builder.

form-fields = Fields
form-switch = What is shown
form-switch-fields = Fields
form-add = Add a field
form-always = always asked
form-nothing = First and last name are asked. Add what else you want to know.
form-full = A form has at most { $count } fields.
form-field-unnamed = Untitled
form-required = required
form-required-help = Has to be answered
form-required-tick = Has to be ticked to register
form-answered = { $count ->
    [one] answered by { $count } person
   *[other] answered by { $count } people
}
form-wrong = to correct
form-drag = Drag to move
form-up = Move “{ $name }” up
form-down = Move “{ $name }” down
form-up-title = Move up
form-down-title = Move down
form-duplicate = Duplicate “{ $name }”
form-duplicate-title = Duplicate
form-remove = Remove
form-remove-name = Remove “{ $name }”
form-field-added = The field “{ $name }” was added.
form-field-moved = “{ $name }” is now { $place } of { $count }.
form-field-removed = The field “{ $name }” was removed.
form-label-in = Question ({ $language })
form-help-in = Help below it ({ $language })
form-preview = Preview
form-preview-language = Language of the preview
form-preview-register = Register
form-changed = Changes not published
form-publish = Publish
form-publishing = Publishing…
form-published = The form is published.
form-discard = Discard changes
form-discard-title = Discard the changes?
form-discard-text = The form goes back to what is published.
form-keep-editing = Keep editing
form-leave = Leave
form-leave-title = Leave without publishing?
form-leave-text = The changes of this form are not published. They are lost when you leave.
form-remove-title = Remove “{ $name }”?
form-remove-text = { $count ->
    [one] { $count } person has answered this field. The answer is kept and stays in the export, but nobody is asked any more.
   *[other] { $count } people have answered this field. Their answers are kept and stay in the export, but nobody is asked any more.
}
form-remove-keep = Keep the field
form-overtaken-title = Somebody else has published this form meanwhile.
form-overtaken-text = What you changed is still here. Go on with yours and publish it over the other one, or take the other one and lose yours.
form-keep-mine = Keep mine
form-take-theirs = Take the other one

kind-short-text = Short text
kind-long-text = Long text
kind-email = E-mail
kind-mobile = Mobile
kind-number = Number
kind-date = Date
kind-one-choice = One choice
kind-several-choices = Several choices
kind-tick-box = Tick box

limit-least-length = At least so many characters
limit-most-length = At most so many characters
limit-least-number = Smallest number
limit-most-number = Largest number
limit-first-day = First day
limit-last-day = Last day
limit-least-choices = At least so many
limit-most-choices = At most so many

fills-label = Also fills in the directory
fills-help = Only for people who are new: what is known of somebody never changes by a registration.
fills-nothing = Nothing
fills-email = The e-mail address
fills-mobile = The mobile number
fills-employee-id = The employee id
fills-group = The groups
fills-user-type = The user type
fills-taken = { $name } (another field does)

choices-title = Options
choices-add = Add an option
choices-option-in = Option { $number } ({ $language })
choices-names = What option { $number } stands for
choices-names-none = Stands for…
choices-stands-for = Stands for { $name }
choices-up = Move option { $number } up
choices-down = Move option { $number } down
choices-remove = Remove option { $number }
choices-remove-title = Remove
