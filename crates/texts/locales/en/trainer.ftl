# What a trainer sees and does: who is there, documents. And the settings of the organisation.

training-tab-documents = Documents
participants-search = Find a participant
participants-days = Half-day
participants-day = { $day } ({ $count } present)
participants-day-count = { $count } present
participants-present = { $count } of { $all } present
participants-there = Present
participants-at-self = Here since { $time }
participants-at-trainer = Here since { $time } · marked by the trainer
participants-early = Presence can be marked from this day on.
participants-marked = { $name } is marked as present.
participants-unmarked = { $name } is no longer marked as present.
participants-add = Add someone
participants-add-lead = For somebody who came without being invited: they are confirmed, and present today.
participants-add-submit = Add
participants-added = { $name } was added, and is present.

documents-title = Documents
documents-count = { $count ->
    [0] Documents
    [one] { $count } document
   *[other] { $count } documents
}
documents-add = Add documents
documents-drop = Drop files here
documents-choose = Choose files
documents-limit = Up to { $size } MB each
documents-share-at-once = Share with the participants at once
documents-add-link = Add a link
documents-link-title = Title
documents-link-url = Web address
documents-link-help = It begins with https://
documents-link-submit = Add
documents-added = “{ $name }” was added.
documents-uploading = “{ $name }” is on its way
documents-upload-close = Close the message about “{ $name }”
documents-too-large = This file is too large. Make it smaller, or add a link to it instead.
documents-empty-file = This file is empty.
documents-kind = Files of this kind cannot be added.
documents-empty-title = No document yet
documents-empty-text = Add slides, hand-outs or links. Participants see them once you share them.
documents-none-here = No document yet.
documents-manage = Add
documents-not-shared = not shared yet
documents-share = Share
documents-take-back = Take back
documents-shared-now = “{ $name }” is shared with the participants.
documents-taken-back = “{ $name }” is no longer shared.
documents-delete = Delete
documents-delete-name = Delete “{ $name }”
documents-delete-title = Delete “{ $name }”?
documents-delete-text = It is gone for everyone, also for those who have seen it in their training space.
documents-deleted = “{ $name }” was deleted.

nav-settings = Settings
settings-title = Settings
settings-lead = They are for the whole organisation.
settings-organisation = Organisation
settings-name = Name of the organisation
settings-name-help = Participants read it in messages and on public pages.
settings-sending = Sending
settings-send-delay = Seconds in which a sending can be undone
settings-send-delay-help = So long nothing goes out after Send was pressed: 0 to 300.
settings-send-delay-limit = Type a whole number of seconds, 0 to 300.
settings-firm-recent = Never write again within 24 hours
settings-firm-often = Never write more than five times
settings-firm-help = About one training. When off, Resend offers to leave these people out.
settings-trainings = Trainings
settings-login-codes = Login codes
settings-login-codes-help = A training can be offered with a training code, by which people register themselves and enter their training space.
settings-trainers-add = Trainers may add people on the spot
settings-trainers-add-help = For those who come without being invited, on the days of the training.
settings-saved = The settings are saved.
