# Pages that anyone can open: signing in, the first set-up, answering an invitation, and what went wrong.

public-language-switch = Français

sign-in-title = Sign in
sign-in-identifier = E-mail or mobile
sign-in-identifier-help = A mobile number as you write it, or with its country code: +33 6 39 98 12 34
sign-in-password = Password
sign-in-submit = Sign in
sign-in-signed-out = You are signed out.
sign-in-needed = Please sign in to go on.
sign-in-forgotten = Forgot your password?
sign-in-to-code = You take part in a training? Enter the training code

forgotten-title = Forgot your password?
forgotten-lead = Type what you sign in with. We send you a link by which you choose a new password.
forgotten-submit = Send me a link
forgotten-sent-title = Look at your messages
forgotten-sent = If somebody with a password has this address, a message is on its way. Its link is good for one hour.
forgotten-sent-nothing = Nothing there after a few minutes? Look among the unwanted e-mails, or ask an administrator of your organisation for a link.
forgotten-back = Back to signing in

set-up-title = Set up Convoke
set-up-lead = This installation is empty. Name your organisation and its first administrator; everything else can wait.
set-up-token = Set-up token
set-up-token-help = It stands in the log of the server, so that only those who run it can do this.
set-up-organisation = Organisation
set-up-time-zone = Time zone
set-up-time-zone-help = For example Europe/Paris. New trainings start with it.
set-up-administrator = First administrator
set-up-first-name = First name
set-up-last-name = Last name
set-up-email = E-mail
set-up-password = Password
set-up-password-help = At least { $length } characters. A short sentence is easy to remember and hard to guess.
set-up-submit = Create the organisation
error-set-up-token = This is not the token that stands in the log. A new one is printed each time the server starts.
error-set-up-done = This installation has been set up already. Please sign in.

answer-hello = Hello { $name }, you are invited to
answer-hello-nameless = You are invited to
answer-date = Date
answer-place = Place
answer-trainers = { $count ->
    [one] Trainer
   *[other] Trainers
}
answer-map = Open map
answer-attend = I will attend
answer-wait = Put me on the waiting list
answer-decline = I cannot attend
answer-given-attend = You will attend.
answer-given-attend-more = Your place is confirmed. If your plans change, tell us here until { $until }.
answer-given-attend-final = Your place is confirmed.
answer-given-decline = You cannot attend.
answer-given-decline-more = Thank you for telling us. If your plans change, tell us here until { $until }.
answer-given-decline-taken = Thank you for telling us. All places are taken now; if your plans change, we can put you on the waiting list.
answer-given-decline-full = Thank you for telling us. All places are taken now.
answer-given-decline-final = Thank you for telling us.
answer-given-waiting = You are on the waiting list.
answer-given-waiting-more = You will be written to as soon as a seat is free. If you cannot attend any more, tell us here, and the next person moves up.
answer-given-waiting-final = You will be written to as soon as a seat is free.
answer-given-none = There is no answer from you.
answer-until = Please answer before { $until }.
answer-private = This link is yours alone.
answer-calendar = Add to my calendar
answer-closed = This invitation is closed

page-forbidden-title = This was not sent from our page
page-forbidden-text = For your safety, the server only takes what was sent from its own pages. Open the page again and try once more.
page-not-found-title = This page is not there
page-not-found-text = The address may have been cut off or mistyped. Go back to where you found it, or start from the first page.
page-link-unknown-title = This link is not complete
page-link-unknown-text = We know no invitation with this link. Often the end was cut off: open it from your message again, or copy the whole line into the address bar. If it still does not work, ask the organiser to send the invitation again.
page-gone-title = This is over
page-too-large-title = This is too large
page-too-large-text = What was sent is larger than the server takes. Please send less at once.
page-failure-title = Something went wrong on our side
page-busy-title = Please wait a moment
page-home = To the first page
account-title = Choose your password
account-lead = { $name }, with a password of your own you can sign in at { $organisation }.
account-title-again = Choose a new password
account-lead-again = { $name }, with your new password you sign in at { $organisation }. You are signed out everywhere else.
account-identifier = You sign in with
account-password = Password
account-submit = Save and sign in
