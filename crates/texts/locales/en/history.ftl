# The history: who did what when. A sentence follows the name of who did it.

history-title = History
history-lead = Who did what when, in the whole organisation.
history-system = Convoke
history-when = When
history-who = Who
history-where = From
history-from-where = from { $from }
history-what = What
history-person = Person
history-training = Training
history-search = Search the history
history-search-hint = A name or a training
history-area = About
history-area-all = Everything
history-area-people = People and groups
history-area-trainings = Trainings
history-area-invitations = Invitations
history-area-registration = Registration
history-area-presence = Presence
history-area-settings = Settings
history-area-sessions = Signing in
history-from = From
history-until = Until
history-count = { $count ->
    [one] One line
   *[other] { $shown } lines
}
history-empty-title = Nothing happened
history-empty-text = Nothing in the history matches these filters.
history-export-csv = Export the history shown as CSV
history-export-xlsx = Export the history shown as XLSX
history-user-created = created { $whom }
history-user-changed = changed { $whom }
history-user-deactivated = deactivated { $whom }
history-user-reactivated = brought { $whom } back
history-user-merged = merged a duplicate into { $whom }: { $name }
history-user-made-administrator = became an administrator
history-user-language-chosen = chose another language
history-users-pasted = created { $created } people from pasted addresses
history-users-imported = imported people: { $created } new, { $updated } changed, { $bad } refused
history-users-import-undone = undid an import: { $removed } people removed, { $restored } as before, { $kept } kept
history-group-created = created the group { $name }
history-group-renamed = renamed a group to { $name }
history-group-deleted = deleted the group { $name }
history-group-members-changed = changed the groups of { $people } people: { $groups }
history-group-members-chosen = chose the members of the group { $name }: { $added } added, { $removed } taken out
history-user-group-chosen = changed the membership of the group { $name }
history-user-type-created = created the user type { $name }
history-user-type-renamed = renamed a user type to { $name }
history-user-type-deleted = deleted the user type { $name }
history-training-created = created a training
history-training-changed = changed a training
history-document-added = added a document
history-document-deleted = deleted a document
history-document-shared = shared a document
history-document-taken-back = took a document back
history-selection-validated = chose participants: { $added } added, { $removed } taken out
history-invitations-sent = sent invitations: { $email } by e-mail, { $sms } by SMS
history-invitations-resent = sent invitations again: { $email } by e-mail, { $sms } by SMS
history-invitations-planned = planned invitations for { $at }: { $email } by e-mail, { $sms } by SMS
history-invitations-resend-planned = planned to send invitations again at { $at }: { $email } by e-mail, { $sms } by SMS
history-invitations-undone = undid a sending: { $withdrawn } messages were taken back, none had gone out
history-invitations-stopped = stopped a sending: { $withdrawn } messages were taken back, { $gone } had gone out
history-invitations-hurried = let a sending begin at once
history-reminder-planned = planned a reminder, { $days } days before the answer deadline
history-reminder-planned-for-start = planned a reminder, { $days } days before the start
history-reminder-removed = took a planned reminder away
history-reminder-sent = reminded { $people } people, { $days } days before the answer deadline
history-reminder-sent-for-start = reminded { $people } people, { $days } days before the start
history-reminder-missed = left out a reminder that was more than a day late
history-change-announced = told that the training has moved: { $email } by e-mail, { $sms } by SMS
history-change-announcement-planned = planned to tell at { $at } that the training has moved: { $email } by e-mail, { $sms } by SMS
history-change-not-announced = told nobody that the training has moved
history-invitation-confirmed = confirmed by the link
history-invitation-confirmed-for = confirmed for { $whom }
history-invitation-declined = declined by the link
history-registration-settings = changed the self-registration
history-registration-code-renewed = renewed the training code
history-registration-form-published = published the registration form
history-registration-received = registered{ $device }
history-registration-approved = approved a registration
history-registration-refused = refused a registration
history-registration-moved-up = moved up from the waiting list
history-registration-waits-again = went back to the waiting list by the link
history-space-entered = entered the training space{ $device }
history-space-left = left the training space{ $device }
history-space-not-me = left somebody else’s training space{ $device }
history-space-device-locked = was locked to this training
history-space-device-unlocked = was unlocked with its PIN
history-space-device-released = released device { $tablet } from its lock
history-on-device = on device { $name }
history-on-device-offline = on device { $name }, without network
history-presence-arrived = said to be here{ $on }{ $device }{ $signed ->
    [drawn] {" "}and signed
    [typed] {" "}and signed by typing a name
   *[other] {""}
}
history-presence-marked = { $attendance ->
    [absent] marked { $whom } as absent{ $on }
    [excused] excused { $whom }{ $on }
   *[other] marked { $whom } as present{ $on }
}
history-presence-corrected = { $attendance ->
    [absent] corrected { $whom } to absent{ $on }
    [excused] corrected { $whom } to excused{ $on }
   *[other] corrected { $whom } to present{ $on }
}
history-presence-marked-rest = { $attendance ->
    [absent] marked all others as absent{ $on }: { $people }
    [excused] excused all others{ $on }: { $people }
   *[other] marked all others as present{ $on }: { $people }
}
history-presence-taken-back = { $before ->
    [absent] took back that { $whom } was absent{ $on }
    [excused] took back that { $whom } was excused{ $on }
   *[other] took back that { $whom } was present{ $on }
}
history-presence-added-on-the-spot = added { $whom } on the spot{ $on }
history-settings-changed = changed the settings
history-text-written = wrote a message text: { $text }
history-text-taken-back = went back to the text beneath: { $text }
history-session-signed-in = signed in
history-session-signed-out = signed out
history-demo-filled = filled the database with demo data
history-user-access-changed = gave { $whom } another right in the console
history-user-account-invited = invited { $whom } to choose a password
history-user-password-chosen = chose a password
history-user-password-forgotten = sent a link for a new password, as somebody asked on the sign-in page
history-users-accounts-invited = invited people to choose a password: { $email } by e-mail, { $sms } by SMS
history-a-person = a person
history-this-person = this person
history-selection-chosen = chose { $whom } for the training
history-user-imported = imported { $whom }
history-user-groups-changed = changed the groups of { $whom }: { $groups }
history-user-known = came into the directory
history-message = { $channel ->
    [sms] wrote an SMS
   *[other] wrote an e-mail
}: { $kind }, { $state }

# A person's story
story-title = Story of { $name }
story-tabs = Person and story
story-tab-person = Person
story-tab-story = Story
story-training = Training
story-training-all = All trainings
story-everything = The story across all trainings
story-empty-text = What is changed, written and answered will stand here.
story-empty-training = Nothing is noted about this training. Choose another one, or all.
story-export-csv = Export the story shown as CSV
story-export-xlsx = Export the story shown as XLSX
story-message-problem = { $state } ({ $problem })
