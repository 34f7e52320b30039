# Files that go with the e-mails of a training.

attachments-title = Attachments
attachments-help = Files of this training that go with this e-mail: up to 5, and 10 MB together. Whoever gets the e-mail gets them, also before you share them with the participants.
attachments-organisation = A file goes with the e-mails of one training: choose it there, under Message texts.
attachments-none = This training has no files yet.
attachments-add = Add files under Documents
attachments-not-shared = not shared with the participants
attachments-at-once = A choice holds at once, for every message that has not gone out.
attachments-done = { $name } goes with this e-mail now.
attachments-taken-off = { $name } does not go with this e-mail any more.
attachments-other = In the other language ({ $language }): { $files }
attachments-other-none = In the other language ({ $language }) nothing goes with it.
error-attachments-many = At most 5 files go with an e-mail. Take one off first.
error-attachments-large = Together the files would be larger than 10 MB, which many mail servers refuse. Take one off, or share it in the training space instead.
document-attached-to = { $kind } ({ $language })
documents-attached = Goes with: { $texts }
documents-delete-attached = It goes with e-mails: { $texts }. Those that have not gone out go without it.
message-attached = Attached: { $files }
message-attachments = Attachments
history-text-attached = attached “{ $title }” to a message: { $text }
history-text-detached = took “{ $title }” off a message: { $text }
problem-attachment-missing = attachment missing
language-within-en = English
language-within-fr = French
