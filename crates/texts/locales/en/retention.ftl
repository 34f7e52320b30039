# What is kept of people for some days only, and personal links that are past their time.

person-forgotten = Forgotten person
settings-retention = What is forgotten
settings-retention-lead = It is done every night, for the first time in the night after you save. What is forgotten does not come back; counts stay.
settings-forget-days = Days after a training until who never answered is forgotten
settings-forget-days-help = Their name, addresses and the messages to them, once all their trainings are over for so long. 30 to 3650 days. Empty: nobody is forgotten. Never those who answered or registered, who can sign in, who teach, who have an employee id, or whom a file of the last 30 days named.
settings-forget-days-limit = Type a whole number of days, 30 to 3650, or leave it empty.
settings-forget-directory = Also people of the directory
settings-forget-directory-help = Off: only people who were pasted for a training, registered for it or were added at its door, and whom nobody put into a group since. On: imported people and people created by hand too, if they were invited, never answered, and are in no group.
settings-text-days = Days after which the text of a message is removed
settings-text-days-help = That it was sent, to whom, when and by which channel stays. 7 to 3650 days. Empty: texts stay, as long as their reader is known.
settings-text-days-limit = Type a whole number of days, 7 to 3650, or leave it empty.
settings-retention-preview = With these numbers, { $people ->
    [0] nobody would be forgotten
    [one] 1 person would be forgotten
   *[other] { $people } people would be forgotten
} tonight, and { $texts ->
    [0] no text of a message
    [one] the text of 1 message
   *[other] the texts of { $texts } messages
} would be removed.
settings-retention-nothing = With nothing typed here, everything is kept.
settings-links = Personal links
settings-link-days = Days for which a personal link is good
settings-link-days-help = After that, its page shows nothing of the invitation and offers to send a fresh link to the address that you know. 1 to 730 days.
settings-link-days-limit = Type a whole number of days, 1 to 730.
messages-text-removed = { $days ->
    [0] The text was removed when the person was forgotten.
    [one] The text was removed after 1 day.
   *[other] The text was removed after { $days } days.
}
history-retention-people = { $people ->
    [one] forgot 1 person who never answered
   *[other] forgot { $people } people who never answered
}, { $days } days after the training
history-retention-texts = { $removed ->
    [one] removed the text of 1 message
   *[other] removed the texts of { $removed } messages
} after { $days } days
history-user-forgotten = forgot { $whom }: name, addresses and texts are gone
page-forgotten-title = This training is over
page-forgotten-text = { $organisation } has deleted what it knew of you in connection with this training, because you never answered. You need not do anything. If you want to take part in another training, ask { $organisation } for a new invitation.

link-past-title = This link is past its time
link-past-text = Personal links are good for a limited number of days. We can send you a fresh one, to the address that { $organisation } has of you. It leads to where your invitation stands now.
link-past-button = Send me a fresh link
link-fresh-title = Look into your messages
link-fresh-text = If { $organisation } can still reach you, a fresh link is on its way to the address that it has of you. That takes a few minutes at most; you need not ask again. If nothing comes, please contact { $organisation }.
mail-subject-fresh-link = Your fresh link: { $title }
mail-intro-fresh-link = Your link to this training was past its time. Here is a fresh one, as you asked:
mail-fresh-link-ask = It leads to where your invitation stands now:
mail-fresh-link-button = Open my invitation
mail-fresh-link-footer = You receive this message because somebody pressed “Send me a fresh link” on the page of your earlier link.
sms-fresh-link = { $organisation }: your fresh link to "{ $title }", { $dates }: { $link }
messages-kind-fresh-link = Fresh link
gone-past = This link is past its time. Open it again: its page offers a fresh one.
gone-forgotten = This training is over, and what was known of you has been deleted.
history-invitation-link-asked = sent { $whom } a fresh link, as somebody asked on the page of an old one
