//! Every use case as every role, on both databases: nobody adds one without saying who may use it, and nobody loosens a right by accident.
//!
//! Who may do what is in [`TABLE`], as section 1 of the specification says it. For every line and every role the call is made for real,
//! and what came of it is compared; besides, nobody may read a name, count a person or change a row that is not theirs to see.

#[path = "roles/calls.rs"]
mod calls;
#[path = "roles/scan.rs"]
mod scan;
#[path = "roles/stage.rs"]
mod stage;
mod world;

use calls::{Answer, call};
use convoke_domain::{Actor, Attendance, Refusal};
use convoke_service::{presence, trainings};
use convoke_storage::directory::Membership;
use convoke_testkit::Database;
use rstest::rstest;
use stage::{ADDRESSES, HIDDEN, OUTSIDE, Stage, State, TITLE, TODAY};

/// What comes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comes {
    /// It is answered, or done.
    Done,
    /// It is answered, and there is nothing in it, or nothing is done.
    Empty,
    /// 403.
    NotAllowed,
    /// 404.
    NotFound,
    /// Another refusal.
    Refused,
}
use Comes::{Done, Empty, NotAllowed, NotFound, Refused};

/// The roles, in the order of the table.
const ROLES: [&str; 7] = [
    "an administrator",
    "an authorised user whose scope has the people",
    "an authorised user whose scope has none of the people",
    "a trainer of the training",
    "a trainee",
    "an administrator of another organisation",
    "a member who only teaches another training",
];
const IN_SCOPE: usize = 1;
const OUT_OF_SCOPE: usize = 2;
const TRAINER: usize = 3;
const STRANGER: usize = 5;
const NOBODY: usize = 6;

/// A use case, as its file names it; what is special about the call, if there are several; what comes of it for each role.
type Line = (&'static str, [Comes; 7]);

#[rustfmt::skip]
const TABLE: &[Line] = &[
    //                                                          administrator in scope    out of scope trainer     trainee     of another  nobody
    ("attendance::grid",                                        [Done,        Done,       Empty,       Done,       NotFound,   NotFound,   NotFound]),
    ("attendance::mark_rest",                                   [Done,        Done,       Empty,       Done,       NotFound,   NotFound,   NotFound]),
    ("attendance::paper::person_sheet",                         [Done,        Done,       NotFound,    Done,       NotFound,   NotFound,   NotFound]),
    ("attendance::paper::sheet",                                [Done,        Done,       Done,        Done,       NotFound,   NotFound,   NotFound]),
    ("deliverability::view",                                    [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("documents::add_link",                                     [Done,        Done,       Done,        Done,       NotFound,   NotFound,   NotFound]),
    ("documents::begin_upload",                                 [Done,        Done,       Done,        Done,       NotFound,   NotFound,   NotFound]),
    ("documents::delete",                                       [Done,        Done,       Done,        Done,       NotFound,   NotFound,   NotFound]),
    ("documents::list",                                         [Done,        Done,       Done,        Done,       NotFound,   NotFound,   NotFound]),
    ("documents::may_upload",                                   [Done,        Done,       Done,        Done,       NotFound,   NotFound,   NotFound]),
    ("documents::open",                                         [Done,        Done,       Done,        Done,       NotFound,   NotFound,   NotFound]),
    ("documents::share",                                        [Done,        Done,       Done,        Done,       NotFound,   NotFound,   NotFound]),
    ("export::attendance::attendance",                          [Done,        Done,       Empty,       Done,       NotFound,   NotFound,   NotFound]),
    ("export::directory::people",                                [Done,        Done,       Empty,       NotAllowed, NotAllowed, Empty,      NotAllowed]),
    ("export::messages::messages",                              [Done,        Done,       Empty,       NotAllowed, NotAllowed, Empty,      NotAllowed]),
    ("export::participants",                                    [Done,        Done,       Empty,       Done,       NotFound,   NotFound,   NotFound]),
    ("history::export",                                          [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("history::list",                                            [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("history::story::export",                                   [Done,        Done,       NotFound,    NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("history::story::head",                                     [Done,        Done,       NotFound,    NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("history::story::list",                                     [Done,        Done,       NotFound,    NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("history::story::list, of nobody's group",                  [Done,        NotFound,   NotFound,    NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("imports::bring",                                          [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("imports::check",                                          [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("imports::list",                                           [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Empty,      NotAllowed]),
    ("imports::may_bring",                                      [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("imports::result",                                         [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("imports::run",                                            [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("imports::undo",                                           [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("imports::view",                                           [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("invitations::blocks",                                     [Done,        Done,       Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("invitations::confirm_for",                                [Done,        Done,       NotFound,    NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("invitations::confirm_for, of nobody's group",             [Done,        NotFound,   NotFound,    NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("invitations::rows",                                       [Done,        Done,       Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("sending::send",                                           [Done,        Done,       Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("sending::send, ids by hand",                              [Done,        Done,       Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("sending::send, through another training",                 [Empty,       Empty,      Empty,       NotFound,   NotFound,   Empty,      NotAllowed]),
    ("sending::send_plan",                                      [Done,        Done,       Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("sending::stop_batch",                                     [Done,        NotFound,   NotFound,    NotAllowed, NotFound,   NotFound,   NotFound]),
    ("sending::hurry_batch",                                    [Done,        NotFound,   NotFound,    NotAllowed, NotFound,   NotFound,   NotFound]),
    ("sending::send_preview",                                   [Done,        Done,       Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("sending::let_move",                                       [Done,        Done,       Done,        NotAllowed, NotFound,   NotFound,   NotFound]),
    ("reminders::list",                                         [Done,        Done,       Done,        NotAllowed, NotFound,   NotFound,   NotFound]),
    ("reminders::plan",                                         [Done,        Done,       Done,        NotAllowed, NotFound,   NotFound,   NotFound]),
    ("reminders::remove",                                       [Done,        Done,       Done,        NotAllowed, NotFound,   NotFound,   NotFound]),
    ("visits::news",                                            [Empty,       Empty,      Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("visits::visited",                                         [Done,        Done,       Done,        NotAllowed, NotFound,   NotFound,   NotFound]),
    ("messages::bounces",                                       [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("messages::channels",                                      [Done,        Done,       Done,        NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("messages::list",                                          [Done,        Done,       Empty,       NotAllowed, NotAllowed, Empty,      NotAllowed]),
    ("messages::retry",                                         [Done,        Done,       NotFound,    NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("messages::text",                                          [Done,        Done,       NotFound,    NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("opt_out::record",                                         [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("opt_out::view",                                           [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("paste::apply",                                            [Done,        Done,       Refused,     NotAllowed, NotFound,   NotFound,   NotFound]),
    ("paste::apply, into a panel",                              [Done,        Done,       Refused,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("paste::apply, somebody new into the group",               [Done,        Done,       Refused,     NotAllowed, NotFound,   NotFound,   NotFound]),
    ("paste::preview",                                          [Done,        Done,       Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("paste::preview, into a group's panel",                    [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("people::access::invite",                                  [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("people::access::invite_many",                             [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Refused,    NotAllowed]),
    ("people::access::plan",                                    [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Empty,      NotAllowed]),
    ("people::access::save",                                    [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("people::access::view",                                    [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("people::choices",                                         [Done,        Done,       Empty,       NotAllowed, NotAllowed, Empty,      NotAllowed]),
    ("people::edit::form",                                       [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("people::edit::form, of somebody new",                      [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("people::edit::save",                                       [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("people::edit::save, somebody new",                         [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("people::edit::set_active",                                 [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("people::groups::change_members",                           [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Refused,    NotAllowed]),
    ("people::groups::delete_group",                             [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("people::groups::delete_user_type, which somebody has",     [Refused,     NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("people::groups::save_group",                               [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("people::groups::save_group, a new one",                    [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("people::groups::save_user_type",                           [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("people::groups::save_user_type, a new one",                [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("people::import::import",                                  [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("people::list",                                            [Done,        Done,       Empty,       NotAllowed, NotAllowed, Empty,      NotAllowed]),
    ("people::merge::merge",                                     [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("people::merge::merge, with somebody who has a right",      [Refused,     NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("people::merge::preview",                                   [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("presence::add_on_the_spot",                               [Done,        Done,       Done,        Done,       NotFound,   NotFound,   NotFound]),
    ("presence::add_on_the_spot, somebody known",               [Done,        Done,       Refused,     Done,       NotFound,   NotFound,   NotFound]),
    ("presence::add_on_the_spot, where trainers may not",       [Done,        Done,       Done,        NotAllowed, NotFound,   NotFound,   NotFound]),
    ("presence::mark",                                          [Done,        Done,       NotFound,    Done,       NotFound,   NotFound,   NotFound]),
    ("presence::mark, through another training",                [NotFound,    NotFound,   NotFound,    NotFound,   NotFound,   NotFound,   NotFound]),
    ("presence::participants",                                  [Done,        Done,       Empty,       Done,       NotFound,   NotFound,   NotFound]),
    ("registration::decide::approve",                           [Done,        Done,       Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("registration::decide::approve, through another training", [Empty,       Empty,      Empty,       NotFound,   NotFound,   Empty,      NotAllowed]),
    ("registration::decide::awaiting",                          [Done,        Done,       Empty,       NotAllowed, NotAllowed, Empty,      NotAllowed]),
    ("registration::decide::pending",                           [Done,        Done,       Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("registration::decide::refuse",                            [Done,        Done,       Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("registration::decide::refuse, through another training",  [Empty,       Empty,      Empty,       NotFound,   NotFound,   Empty,      NotAllowed]),
    ("registration::devices::devices",                          [Done,        Done,       Done,        Done,       NotFound,   NotFound,   NotFound]),
    ("registration::devices::release",                          [Done,        Done,       Done,        Done,       NotFound,   NotFound,   NotFound]),
    ("registration::devices::release, through another training", [NotFound,    NotFound,   NotFound,    NotFound,   NotFound,   NotFound,   NotFound]),
    ("registration::publish_form",                              [Done,        Done,       Done,        NotAllowed, NotFound,   NotFound,   NotFound]),
    ("registration::renew_code",                                [Done,        Done,       Done,        NotAllowed, NotFound,   NotFound,   NotFound]),
    ("registration::save_settings",                             [Done,        Done,       Done,        NotAllowed, NotFound,   NotFound,   NotFound]),
    ("registration::story::story",                              [Done,        Done,       NotFound,    NotAllowed, NotFound,   NotFound,   NotFound]),
    ("registration::story::story, of nobody's group",           [Done,        NotFound,   NotFound,    NotAllowed, NotFound,   NotFound,   NotFound]),
    ("registration::story::story, through another training",    [Done,        Done,       NotFound,    NotFound,   NotFound,   NotFound,   NotAllowed]),
    ("registration::view",                                      [Done,        Done,       Done,        NotAllowed, NotFound,   NotFound,   NotFound]),
    ("repair::contact",                                         [Done,        Done,       NotFound,    NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("repair::contact, of nobody's group",                      [Done,        NotFound,   NotFound,    NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("repair::correct",                                         [Done,        Done,       NotFound,    NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("repair::correct, of nobody's group",                      [Done,        NotFound,   NotFound,    NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("repair::it_arrived",                                      [Done,        Done,       NotFound,    NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("repair::send_again",                                      [Done,        Done,       NotFound,    NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("repair::send_again, of nobody's group",                   [Done,        NotFound,   NotFound,    NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("selection::ids",                                          [Done,        Done,       Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("selection::open",                                         [Done,        Done,       Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("selection::open, of a group",                             [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("selection::validate",                                     [Done,        Done,       Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("selection::validate, ids by hand",                        [Done,        Done,       Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("selection::validate, through another training",           [Done,        Done,       Empty,       NotFound,   NotFound,   Empty,      NotAllowed]),
    ("selection::validate, of a form's trainers",               [Done,        Done,       Empty,       NotAllowed, NotAllowed, Empty,      NotAllowed]),
    ("selection::validate, of a group",                         [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("selection::view",                                         [Done,        Done,       Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("selection::view, of a form's trainers",                   [Done,        Done,       Empty,       NotAllowed, NotAllowed, Empty,      NotAllowed]),
    ("selection::view, of a group",                             [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("session::set_language",                                   [Done,        Done,       Done,        Done,       Done,       Done,       Done]),
    ("retention::preview",                                       [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("settings::save",                                          [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("settings::save_sent",                                     [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("settings::view",                                          [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("texts::attachments::attach",                              [Done,        Done,       Done,        NotAllowed, NotFound,   NotFound,   NotFound]),
    ("texts::preview",                                          [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("texts::preview, to somebody of a training",               [Done,        Done,       NotFound,    NotAllowed, NotFound,   NotFound,   NotFound]),
    ("texts::save",                                             [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("texts::save, of a training",                              [Done,        Done,       Done,        NotAllowed, NotFound,   NotFound,   NotFound]),
    ("texts::send_test",                                        [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("texts::send_test, of a training",                         [Done,        Done,       Done,        NotAllowed, NotFound,   NotFound,   NotFound]),
    ("texts::values",                                           [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("texts::values, of somebody of a training",                [Done,        Done,       NotFound,    NotAllowed, NotFound,   NotFound,   NotFound]),
    ("texts::view",                                             [Done,        NotAllowed, NotAllowed,  NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("texts::view, of a training",                              [Done,        Done,       Empty,       NotAllowed, NotFound,   NotFound,   NotFound]),
    ("trainings::form",                                         [Done,        Done,       Done,        NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("trainings::form, of a new one",                           [Done,        Done,       Done,        NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("trainings::list",                                         [Done,        Done,       Done,        Done,       Empty,      Empty,      Empty]),
    ("trainings::may_watch",                                    [Done,        Done,       Done,        Done,       NotFound,   NotFound,   NotFound]),
    ("trainings::save",                                         [Done,        Done,       Done,        NotAllowed, NotAllowed, NotFound,   NotAllowed]),
    ("trainings::save, a new one",                              [Done,        Done,       Done,        NotAllowed, NotAllowed, Done,       NotAllowed]),
    ("trainings::save, with a trainer by hand",                 [Done,        Done,       Refused,     NotAllowed, NotAllowed, Refused,    NotAllowed]),
    ("trainings::trainer_candidates",                           [Done,        Done,       Empty,       NotAllowed, NotAllowed, Empty,      NotAllowed]),
    ("trainings::view, as an administrator",                    [Done,        Done,       Done,        NotAllowed, NotFound,   NotFound,   NotFound]),
    ("trainings::view, as a trainer",                           [Done,        Done,       Done,        Done,       NotFound,   NotFound,   NotFound]),
];

/// What is public and takes no actor, and why that is right.
#[rustfmt::skip]
const WITHOUT_ACTOR: &[(&str, &str)] = &[
    ("answer::answer",                           "the secret of a link says whose invitation it is"),
    ("answer::calendar",                         "the secret of a link says whose invitation it is"),
    ("answer::open",                             "the secret of a link says whose invitation it is"),
    ("answer::closed",                           "the secret of a link says whose invitation it is; only the organisation"),
    ("answer::fresh::Asked::look_into",          "whoever has one held a link; writes only to the address that is known"),
    ("answer::fresh::ask",                       "the secret of a link says whose invitation it is"),
    ("directory::warm",                          "fills the memory of the process at its start; answers nothing"),
    ("documents::OpenFile::read",                "whoever has one was allowed to open it"),
    ("documents::Upload::abort",                 "whoever has one was allowed to begin it"),
    ("documents::Upload::finish",                "whoever has one was allowed to begin it, and the right is checked once more"),
    ("documents::Upload::write",                 "whoever has one was allowed to begin it"),
    ("documents::open_shared",                   "the training space has checked who is inside; only what is shared"),
    ("documents::shared",                        "the training space has checked who is inside; only what is shared"),
    ("files::Files::keys",                       "for the command line and tests: names of files, made of ids"),
    ("files::Files::probe",                      "for the start of the server: whether the store can be reached"),
    ("join::device::known_device",               "the cookie of a device, before anyone is known"),
    ("join::device::new_device",                 "the cookie of a device, before anyone is known"),
    ("join::elsewhere::elsewhere",               "a visitor with a training code, behind the throttle; a name that the list shows"),
    ("join::lock::is_locked",                    "the cookie of a device, before anyone is known"),
    ("join::lock::lock",                         "a visitor with a training code, behind the throttle; only their own device"),
    ("join::lock::unlock",                       "a visitor with a training code and the PIN of their own device, behind the throttle"),
    ("join::enter::enter",                       "a visitor with a training code, behind the throttle"),
    ("join::enter::proof",                       "a visitor with a training code, behind the throttle"),
    ("join::enter::prove",                       "a visitor with a training code, behind the throttle"),
    ("join::open",                               "a visitor with a training code, behind the throttle"),
    ("join::offline::keep",                      "a visitor with a training code, behind the throttle"),
    ("join::offline::receive",                   "a device with a ticket of ours, or with a training code behind the throttle"),
    ("join::register::correct",                  "a visitor with a training code, behind the throttle"),
    ("join::register::form",                     "a visitor with a training code, behind the throttle"),
    ("join::register::register",                 "a visitor with a training code, behind the throttle"),
    ("retention::run_due",                       "the program itself, at night, as an administrator decided"),
    ("reminders::send_due",                      "the program itself, at the time that somebody with the right has planned"),
    ("opt_out::choose",                          "the secret of a link says to whom the message went"),
    ("opt_out::choose_by_invitation",            "the secret of a link says whose invitation it is"),
    ("opt_out::open",                            "the secret of a link says to whom the message went"),
    ("passwords::hash",                          "computes; touches nothing that is stored"),
    ("people::access::choose_password",          "the secret of a link says whose account it is"),
    ("people::access::open",                     "the secret of a link says whose account it is"),
    ("people::administrator::acting_for",        "makes the actor of the command line: whoever can run it may do so"),
    ("people::administrator::create_administrator", "for the command line: whoever can run it may do so"),
    ("reports::kannel",                          "the signature of an address says about which message Kannel may speak"),
    ("reports::mail",                            "a mailbox of ours, or whoever knows the secret of the hook; only what is known of a message"),
    ("reports::signing_key",                     "for the start of the server: the key that addresses for Kannel are signed with"),
    ("reports::twilio",                          "signed with the token of the account"),
    ("session::find",                            "makes the actor, from the secret of a session"),
    ("session::forgotten::Asked::look_into",     "whoever has one has asked; answers nothing, and writes only to addresses that are known"),
    ("session::forgotten::ask",                  "before anyone is known, behind the throttle"),
    ("session::peek",                            "makes the actor, from the secret of a session"),
    ("session::sign_in",                         "before anyone is known, behind the throttle"),
    ("session::sign_out",                        "the secret of a session says whose it is"),
    ("setup::needs_set_up",                      "before there is anyone"),
    ("setup::new_token",                         "before there is anyone; the token goes to the log of the server"),
    ("setup::set_up",                            "before there is anyone; the token says that it is the one who installs"),
    ("space::arrive",                            "the secret of a training space says who is inside"),
    ("space::attendance_sheet",                  "the secret of a space says whose sheet it is"),
    ("space::document",                          "the secret of a training space says who is inside"),
    ("space::enter_by_link",                     "the secret of a link says whose invitation it is"),
    ("space::leave",                             "the secret of a training space says who is inside"),
    ("space::open",                              "the secret of a training space says who is inside"),
];

#[test]
fn the_table_has_every_use_case() {
    let table: Vec<&str> = TABLE.iter().map(|(name, _)| *name).collect();
    let without_actor: Vec<&str> = WITHOUT_ACTOR.iter().map(|(name, _)| *name).collect();
    let problems = scan::differences(&scan::all(), &table, &without_actor);
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn a_use_case_that_nobody_thought_of_is_reported() {
    let source = r"
        /// Says how it is called: pub async fn only_a_comment(actor: &Actor).
        pub async fn known(service: &Service, actor: &Actor) -> Outcome<()> {}
        pub async fn made_up<R, P>(
            service: &Service,
            actor: &Actor,
            reader: R,
            progress: P,
        ) -> Outcome<Report>
        where
            P: FnMut(u64) + Send,
        {
        }
        pub fn quiet(actor: &convoke_domain::Actor) -> impl Future<Output = ()> {}
        pub fn only_computes(text: &str) -> String {}
        pub(crate) async fn inside(service: &Service, actor: &Actor) {}
        async fn private(service: &Service, actor: &Actor) {}
        pub async fn anybody(service: &Service, secret: &str) -> Outcome<Option<(Actor, SignedIn)>> {}
";
    // As it would be formatted: functions begin their line.
    let source = source.replace("\n        ", "\n")
        + "impl<T> Tool<T> {\n    pub async fn turn(&mut self) {\n    }\n}\n";
    let found = scan::functions("some::place", &source);
    let names: Vec<(&str, bool)> = found
        .iter()
        .map(|f| (f.name.as_str(), f.takes_actor))
        .collect();
    assert_eq!(
        names,
        [
            ("some::place::known", true),
            ("some::place::made_up", true),
            ("some::place::quiet", true),
            ("some::place::anybody", false),
            ("some::place::Tool::turn", false),
        ]
    );
    let table = [
        "some::place::known",
        "some::place::known, by hand",
        "some::place::quiet",
        "gone",
    ];
    let problems = scan::differences(&found, &table, &["some::place::Tool::turn"]);
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(
        problems[0].starts_with("nobody has said who may use `some::place::made_up`: add a line")
    );
    assert!(problems[1].starts_with("TABLE names `gone`"));
    assert!(problems[2].starts_with("`some::place::anybody` is public and takes no actor"));
    let twice = scan::differences(&[], &["gone", "gone"], &[]);
    assert!(
        twice
            .iter()
            .any(|problem| problem == "TABLE has `gone` twice"),
        "{twice:?}"
    );
}

/// Somebody who makes every call.
struct Walker {
    name: &'static str,
    /// The column of the table that says what comes of it.
    role: usize,
    actor: fn(&Stage) -> Actor,
    /// Whether what came is what the column says, or as good.
    fits: fn(Comes, Comes) -> bool,
}

/// Makes every call of the table as every walker, and gives what is wrong.
async fn walk(kind: Database, walkers: &[Walker]) -> Vec<String> {
    let mut problems = Vec::new();
    let mut stage = Stage::new(kind).await;
    for (what, expected) in TABLE {
        let trainers_add_people = !what.ends_with("where trainers may not");
        for walker in walkers {
            if stage.trainers_add_people != trainers_add_people {
                stage = stage.again(trainers_add_people).await;
            }
            let before = stage.state().await;
            let answer = Box::pin(call(&stage, &(walker.actor)(&stage), what)).await;
            let after = stage.state().await;
            let mut wrong = judge(walker, expected[walker.role], &answer);
            wrong.extend(compare(walker.role, &answer, &before, &after));
            problems.extend(
                wrong
                    .iter()
                    .map(|wrong| format!("{what}, as {}: {wrong}", walker.name)),
            );
            if before != after {
                stage = stage.again(trainers_add_people).await;
            }
        }
    }
    problems
}

fn came(answer: &Answer) -> Comes {
    match &answer.outcome {
        Ok(true) => Done,
        Ok(false) => Empty,
        Err(Refusal::NotAllowed) => NotAllowed,
        Err(Refusal::NotFound) => NotFound,
        Err(_) => Refused,
    }
}

/// The beginning of what an answer says.
fn begin(answer: &Answer) -> String {
    answer.text.chars().take(500).collect()
}

/// What came of a call that should not have, and what it tells that it should not.
fn judge(walker: &Walker, expected: Comes, answer: &Answer) -> Vec<String> {
    let mut wrong = Vec::new();
    let came = came(answer);
    if matches!(&answer.outcome, Err(Refusal::Failure { .. })) {
        wrong.push(format!("it failed: {}", begin(answer)));
    }
    if !(walker.fits)(expected, came) {
        wrong.push(format!(
            "expected {expected:?}, came {came:?}: {}",
            begin(answer)
        ));
    }
    let role = walker.role;
    let secret: &[&str] = match role {
        IN_SCOPE => &[OUTSIDE],
        OUT_OF_SCOPE => &[HIDDEN, OUTSIDE],
        TRAINER => &[ADDRESSES],
        4.. => &[HIDDEN, OUTSIDE, ADDRESSES, TITLE],
        _ => &[],
    };
    for word in secret.iter().filter(|word| answer.text.contains(**word)) {
        wrong.push(format!("the answer says {word:?}: {}", begin(answer)));
    }
    if answer.people > 0 && (role == OUT_OF_SCOPE || role > TRAINER) {
        wrong.push(format!(
            "{} people are counted: {}",
            answer.people,
            begin(answer)
        ));
    }
    wrong
}

/// What a call changed that it should not have, or should have and did not.
fn compare(role: usize, answer: &Answer, before: &State, after: &State) -> Vec<String> {
    let mut wrong = Vec::new();
    let ours = before.ours != after.ours;
    let theirs = before.theirs != after.theirs;
    let (own, other) = if role == STRANGER {
        (theirs, ours)
    } else {
        (ours, theirs)
    };
    if other {
        wrong.push("something of another organisation was changed".to_owned());
    }
    let is_done = answer.outcome == Ok(true);
    if own && !(is_done && answer.writes) {
        wrong.push("something was changed".to_owned());
    }
    if !own && is_done && answer.writes {
        wrong.push("it says that it was done, and nothing was changed".to_owned());
    }
    if answer.outcome.is_err() && before.versions != after.versions {
        wrong.push("it was refused, and the version of a training was raised".to_owned());
    }
    wrong
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn every_use_case_as_every_role(#[case] kind: Database) {
    const ACTORS: [fn(&Stage) -> Actor; 7] = [
        |stage| stage.actors[0].clone(),
        |stage| stage.actors[1].clone(),
        |stage| stage.actors[2].clone(),
        |stage| stage.actors[3].clone(),
        |stage| stage.actors[4].clone(),
        |stage| stage.actors[5].clone(),
        |stage| stage.actors[6].clone(),
    ];
    let walkers: Vec<Walker> = (0..ROLES.len())
        .map(|role| Walker {
            name: ROLES[role],
            role,
            actor: ACTORS[role],
            fits: |expected, came| came == expected,
        })
        .collect();
    let problems = walk(kind, &walkers).await;
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// What no session makes, and what must not be more than it seems: a scope without any group, and a member who is no person.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_nothing_gets_nothing(#[case] kind: Database) {
    let walkers = [
        Walker {
            name: "an authorised user without any group",
            role: OUT_OF_SCOPE,
            actor: |stage| Actor {
                scope: Vec::new(),
                ..stage.actors[OUT_OF_SCOPE].clone()
            },
            fits: |expected, came| came == expected,
        },
        Walker {
            name: "a member who is no person",
            role: NOBODY,
            actor: |stage| Actor {
                user_id: None,
                ..stage.actors[NOBODY].clone()
            },
            fits: |_, came| matches!(came, NotAllowed | NotFound),
        },
    ];
    let problems = walk(kind, &walkers).await;
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// Who teaches a training sees everyone in it. An authorised user who could name themselves would see the whole organisation, one
/// training after the other.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn naming_oneself_as_a_trainer_does_not_widen_a_scope(#[case] kind: Database) {
    let stage = Stage::new(kind).await;
    let (service, training) = (&stage.world.service, stage.world.training);
    let authorised = &stage.actors[OUT_OF_SCOPE];
    let themselves = authorised.user_id.unwrap();
    let member = Membership {
        group_id: stage.empty_group,
        user_id: themselves,
    };
    let mut tx = service.storage.begin().await.unwrap();
    tx.add_members(authorised.organisation_id, &[member])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut form = trainings::form(service, authorised, Some(training))
        .await
        .unwrap()
        .form;
    form.trainers.push(themselves);
    // Whether this is refused, or does not help, is not decided here.
    let _ = trainings::save(service, authorised, Some(training), &form).await;

    let seen = presence::participants(service, authorised, training, None).await;
    let seen = seen.map(|view| view.rows.len());
    assert_eq!(seen, Ok(0), "people out of scope are shown");
    let half_day = format!("{TODAY}-afternoon").parse().unwrap();
    let there = Some(Attendance::Present);
    let marked = presence::mark(
        service,
        authorised,
        training,
        (stage.confirmed, &half_day),
        there,
        None,
    )
    .await;
    assert_eq!(marked, Err(Refusal::NotFound));
}
