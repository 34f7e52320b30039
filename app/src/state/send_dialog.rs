//! What the dialog of *Send* and *Resend* does, without a page: asks for a plan, shows it, sends it once.

use convoke_domain::view::{SendOrder, SendOutcome, SendPlan, SendRequest};

/// Above so many messages the number has to be typed (specification, section 3).
pub const TYPE_THE_NUMBER_ABOVE: u32 = 200;

/// Where the dialog stands. `E` is what a failed call leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<E> {
    /// Waits for the plan.
    Planning,
    /// No plan came.
    PlanFailed(E),
    /// Shows the plan.
    Ready,
    /// The button was pressed.
    Sending,
    /// Nothing was sent; the plan still stands.
    SendFailed(E),
    /// So many messages are on their way: the dialog closes.
    Done(u32),
}

/// The dialog while it is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendDialog<E> {
    /// What is asked for now.
    pub request: SendRequest,
    /// The last plan; it stays in sight while another one is asked for.
    pub plan: Option<SendPlan>,
    /// Where it stands.
    pub step: Step<E>,
    /// The list changed after the plan was shown: the reader is told.
    pub changed: bool,
    /// What was typed where the number has to be typed.
    pub typed: String,
    /// The day and time to send at, as typed so far; `None` for now.
    pub at: Option<String>,
}

impl<E> SendDialog<E> {
    /// Opens the dialog: the caller asks the server for the plan of `request`.
    pub const fn open(request: SendRequest) -> Self {
        Self {
            request,
            plan: None,
            step: Step::Planning,
            changed: false,
            typed: String::new(),
            at: None,
        }
    }

    /// Leaves out, or not, who was written to recently; gives what to ask the server for.
    pub fn spare_recent(&mut self, spare: bool) -> Option<SendRequest> {
        if matches!(self.step, Step::Sending | Step::Done(_)) {
            return None;
        }
        self.request.spare_recent = spare;
        self.plan_again()
    }

    /// Asks for the plan again.
    pub fn plan_again(&mut self) -> Option<SendRequest> {
        if matches!(self.step, Step::Sending | Step::Done(_)) {
            return None;
        }
        self.step = Step::Planning;
        self.typed.clear();
        Some(self.request.clone())
    }

    /// The answer to a request for a plan; one that was not the last asked for is ignored.
    pub fn planned(&mut self, request: &SendRequest, answer: Result<SendPlan, E>) {
        if self.step_is_planning() && *request == self.request {
            match answer {
                Ok(plan) => {
                    self.plan = Some(plan);
                    self.step = Step::Ready;
                }
                Err(error) => self.step = Step::PlanFailed(error),
            }
        }
    }

    const fn step_is_planning(&self) -> bool {
        matches!(self.step, Step::Planning)
    }

    /// How many messages the plan sends.
    pub fn messages(&self) -> u32 {
        self.plan.as_ref().map_or(0, |p| p.split.messages())
    }

    /// Whether the number has to be typed.
    pub fn asks_for_number(&self) -> bool {
        asks_for_number(self.messages())
    }

    /// Whether pressing the button sends.
    pub fn may_send(&self) -> bool {
        matches!(self.step, Step::Ready | Step::SendFailed(_))
            && self.messages() > 0
            && number_is_typed(self.messages(), &self.typed)
            && self.at.as_ref().is_none_or(|at| !at.is_empty())
    }

    /// The button: gives what to send, once; a second press gives nothing.
    pub fn press(&mut self) -> Option<SendOrder> {
        if !self.may_send() {
            return None;
        }
        let fingerprint = self.plan.as_ref()?.fingerprint.clone();
        self.step = Step::Sending;
        self.changed = false;
        Some(SendOrder {
            request: self.request.clone(),
            fingerprint,
            at: self.at.clone(),
        })
    }

    /// The answer to what [`Self::press`] gave.
    pub fn sent(&mut self, answer: Result<SendOutcome, E>) {
        if !matches!(self.step, Step::Sending) {
            return;
        }
        self.step = match answer {
            Ok(SendOutcome::Queued(count)) => Step::Done(count),
            Ok(SendOutcome::Changed(plan)) => {
                self.plan = Some(*plan);
                self.changed = true;
                self.typed.clear();
                Step::Ready
            }
            Err(error) => Step::SendFailed(error),
        };
    }
}

/// Whether the number of so many messages has to be typed.
pub const fn asks_for_number(messages: u32) -> bool {
    messages > TYPE_THE_NUMBER_ABOVE
}

/// Whether it has been, where it has to be.
pub fn number_is_typed(messages: u32, typed: &str) -> bool {
    !asks_for_number(messages) || digits(typed) == messages.to_string()
}

/// The digits of what was typed: "1 200" and "1,200" are 1200.
fn digits(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| !(c.is_whitespace() || matches!(c, ',' | '.' | '\u{2019}' | '\'')))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_domain::TrainingId;
    use convoke_domain::id::uuid_v7;
    use convoke_domain::view::{SendAction, Split};

    fn request() -> SendRequest {
        SendRequest {
            training_id: TrainingId(uuid_v7(1, [1; 10])),
            action: SendAction::Resend,
            only: None,
            spare_recent: false,
        }
    }

    fn plan(request: SendRequest, email: u32, fingerprint: &str) -> SendPlan {
        SendPlan {
            request,
            split: Split {
                email,
                ..Split::default()
            },
            unreachable: Vec::new(),
            opted_out_names: Vec::new(),
            recent: 0,
            recent_names: Vec::new(),
            held_back: 0,
            held_back_names: Vec::new(),
            delay: 10,
            time_zone: "Europe/Paris".to_owned(),
            fallback_names: Vec::new(),
            preview: None,
            fingerprint: fingerprint.to_owned(),
        }
    }

    fn order(fingerprint: &str) -> SendOrder {
        SendOrder {
            request: request(),
            fingerprint: fingerprint.to_owned(),
            at: None,
        }
    }

    fn ready(email: u32) -> SendDialog<&'static str> {
        let mut dialog = SendDialog::open(request());
        dialog.planned(&request(), Ok(plan(request(), email, "a")));
        dialog
    }

    #[test]
    fn pressing_twice_sends_once() {
        let mut dialog = ready(3);
        assert_eq!(dialog.press(), Some(order("a")));
        assert_eq!(dialog.press(), None);
        dialog.sent(Ok(SendOutcome::Queued(3)));
        assert_eq!(dialog.step, Step::Done(3));
        assert_eq!(dialog.press(), None);
    }

    #[test]
    fn nothing_is_sent_without_a_plan_or_to_nobody() {
        let mut waiting: SendDialog<&str> = SendDialog::open(request());
        assert_eq!(waiting.press(), None);
        assert_eq!(ready(0).press(), None);
    }

    #[test]
    fn a_changed_list_is_shown_and_sent_with_its_own_fingerprint() {
        let mut dialog = ready(3);
        dialog.press();
        dialog.sent(Ok(SendOutcome::Changed(Box::new(plan(request(), 4, "b")))));
        assert!(dialog.changed);
        assert_eq!(dialog.messages(), 4);
        assert_eq!(dialog.press(), Some(order("b")));
    }

    #[test]
    fn a_failure_stays_in_the_dialog_and_can_be_tried_again() {
        let mut dialog = ready(3);
        dialog.press();
        dialog.sent(Err("no network"));
        assert_eq!(dialog.step, Step::SendFailed("no network"));
        assert!(dialog.press().is_some());
    }

    #[test]
    fn only_the_last_question_is_answered() {
        let mut dialog: SendDialog<&str> = SendDialog::open(request());
        let again = dialog.spare_recent(true).unwrap();
        assert!(again.spare_recent);
        dialog.planned(&request(), Ok(plan(request(), 9, "old")));
        assert_eq!(
            dialog.step,
            Step::Planning,
            "the answer to the first question came late"
        );
        dialog.planned(&again, Ok(plan(again.clone(), 2, "new")));
        assert_eq!(dialog.messages(), 2);
        dialog.press();
        assert_eq!(dialog.spare_recent(false), None, "not while sending");
    }

    #[test]
    fn a_time_that_is_chosen_has_to_be_there() {
        let mut dialog = ready(3);
        dialog.at = Some(String::new());
        assert_eq!(dialog.press(), None);
        dialog.at = Some("2026-12-02T09:00".to_owned());
        let pressed = dialog.press().unwrap();
        assert_eq!(pressed.at.as_deref(), Some("2026-12-02T09:00"));
    }

    #[test]
    fn many_messages_ask_for_their_number() {
        assert!(ready(200).may_send());
        let mut dialog = ready(1_200);
        assert!(!dialog.may_send());
        dialog.typed = "120".to_owned();
        assert!(!dialog.may_send());
        dialog.typed = "1,200".to_owned();
        assert!(dialog.may_send());
        dialog.typed = "1\u{202f}200".to_owned();
        assert!(dialog.may_send());
    }
}
