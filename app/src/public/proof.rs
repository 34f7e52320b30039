//! The page that asks whoever tapped a name for a proof.

use super::JoinFrame;
use super::join::eyebrow;
use super::room::goes_back;
use super::space::IDLE_SECONDS;
use crate::components::tone_of;
use convoke_domain::registration::Proof;
use convoke_domain::view::{ProofView, PublicTraining};
use convoke_texts::t;
use leptos::prelude::*;

/// What the page that asks for a proof shows.
#[derive(Clone, Debug)]
pub struct ProofPage {
    /// Language, style and module.
    pub frame: JoinFrame,
    /// Who was tapped, and what is asked for.
    pub view: ProofView,
}

/// The page that asks for a proof.
pub fn proof_page(page: &ProofPage) -> String {
    let language = page.frame.frame.language;
    let view = &page.view;
    let person = &view.listed;
    let asked = Asked {
        frame: &page.frame,
        code: &view.code,
        training: &view.training,
        proof: view.proof,
        id: person.id.to_string(),
        name: person.name.clone(),
        initials: person.initials.clone(),
        tone: tone_of(person.id.as_bytes()).to_string(),
        error: view.problem.as_ref().map(|key| t!(language, key)),
        offline: false,
    };
    asked.document()
}

/// The same with places for the person, as a device keeps it for when there is no network.
pub(super) fn kept_proof_page(
    frame: &JoinFrame,
    code: &str,
    training: &PublicTraining,
    proof: Proof,
) -> String {
    let asked = Asked {
        frame,
        code,
        training,
        proof,
        id: "⟦id⟧".to_owned(),
        name: "⟦name⟧".to_owned(),
        initials: "⟦initials⟧".to_owned(),
        tone: "⟦tone⟧".to_owned(),
        error: None,
        offline: true,
    };
    asked.document()
}

/// Who was tapped, and what is asked for.
struct Asked<'a> {
    frame: &'a JoinFrame,
    code: &'a str,
    training: &'a PublicTraining,
    proof: Proof,
    id: String,
    name: String,
    initials: String,
    tone: String,
    /// What was wrong with what was typed.
    error: Option<String>,
    /// Without network nothing can be sent, and what is typed is checked later.
    offline: bool,
}

impl Asked<'_> {
    /// What is to be done, the label of the field, and what to do where that cannot be done.
    fn words(&self) -> (String, String, String) {
        let language = self.frame.frame.language;
        match (self.proof, self.offline) {
            (Proof::Code, false) => (
                t!(language, "proof-code-lead"),
                t!(language, "proof-code"),
                t!(language, "proof-code-missing"),
            ),
            (Proof::Code, true) => (
                t!(language, "offline-proof-code-lead"),
                t!(language, "proof-code"),
                t!(language, "offline-proof-code-missing"),
            ),
            (_, offline) => {
                let lead = if offline {
                    t!(language, "offline-proof-mobile-lead")
                } else {
                    t!(language, "proof-mobile-lead")
                };
                (
                    lead,
                    t!(language, "proof-mobile"),
                    t!(language, "proof-mobile-missing"),
                )
            }
        }
    }

    fn document(self) -> String {
        let language = self.frame.frame.language;
        let list = format!("/join/{}", self.code);
        let path = format!("{list}/proof/{}", self.id);
        let by_code = self.proof == Proof::Code;
        let (lead, label, help) = self.words();
        let is_invalid = self.error.is_some();
        let described_by = if is_invalid {
            "proof-error proof-help"
        } else {
            "proof-help"
        };
        let again = (by_code && !self.offline).then(|| {
            view! {
                <form method="post" action=format!("{list}/enter") data-once>
                    <input type="hidden" name="person" value=self.id.clone() />
                    <button class="button public-button" type="submit">
                        {t!(language, "proof-code-again")}
                    </button>
                </form>
            }
        });
        let body = view! {
            <main class="public-main public-narrow">
                <div class="proof-person">
                    <span class=format!("avatar avatar-large tone-{}", self.tone) aria-hidden="true">
                        {self.initials}
                    </span>
                    <div>
                        <h1>{self.name}</h1>
                        <p class="join-eyebrow">
                            {self.training.title.clone()} " · " {eyebrow(language, self.training)}
                        </p>
                    </div>
                </div>
                <p class="public-lead">{lead}</p>
                // Without network nobody but the browser can say that nothing was typed.
                <form
                    class="public-form"
                    method="post"
                    action=path
                    data-once
                    autocomplete="off"
                    novalidate=!self.offline
                >
                    <div class="field">
                        <label for="proof">{label}</label>
                        <input
                            class="input join-code"
                            id="proof"
                            name="proof"
                            type="text"
                            inputmode="numeric"
                            autocomplete=if by_code { "one-time-code" } else { "off" }
                            enterkeyhint="go"
                            maxlength="20"
                            required
                            autofocus
                            aria-invalid=is_invalid.then_some("true")
                            aria-describedby=described_by
                        />
                        {self
                            .error
                            .map(|text| {
                                view! {
                                    <p class="field-error" id="proof-error" role="alert">
                                        {text}
                                    </p>
                                }
                            })}
                        <p class="field-help" id="proof-help">
                            {help}
                        </p>
                    </div>
                    <button class="button button-primary public-button" type="submit">
                        {t!(language, "proof-submit")}
                    </button>
                </form>
                <div class="proof-other">
                    {again} <a class="invitation-calendar" href=list.clone()>
                        {t!(language, "proof-back")}
                    </a>
                </div>
            </main>
            {goes_back(language, &list, &self.frame.locked, IDLE_SECONDS)}
        };
        self.frame.document(
            &t!(language, "proof-title"),
            &self.training.organisation,
            "public-page",
            body,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::join::tests::{frame, listed, training};
    use super::*;

    fn page(proof: Proof, problem: Option<&str>) -> String {
        proof_page(&ProofPage {
            frame: frame(),
            view: ProofView {
                code: "K7PM4XRD".to_owned(),
                training: training(),
                listed: listed(0, "Amélie Laurent", 'L'),
                proof,
                problem: problem.map(str::to_owned),
            },
        })
    }

    #[test]
    fn a_code_can_be_asked_for_again_and_four_digits_cannot() {
        let code = page(Proof::Code, None);
        assert!(code.contains("autocomplete=\"one-time-code\""), "{code}");
        assert!(code.contains("Send a new code"), "{code}");
        let digits = page(Proof::MobileDigits, None);
        assert!(digits.contains("inputmode=\"numeric\""), "{digits}");
        assert!(!digits.contains("Send a new code"), "{digits}");
    }

    #[test]
    fn without_network_nothing_is_sent_and_an_empty_field_is_the_browsers_to_say() {
        for proof in [Proof::Code, Proof::MobileDigits] {
            let html = kept_proof_page(&frame(), "K7PM4XRD", &training(), proof);
            for place in [
                "/join/K7PM4XRD/proof/⟦id⟧",
                "⟦name⟧",
                "⟦initials⟧",
                "tone-⟦tone⟧",
            ] {
                assert!(html.contains(place), "{place} in {html}");
            }
            assert!(!html.contains("Send a new code"), "{html}");
            assert!(!html.contains("novalidate"), "{html}");
        }
        assert!(page(Proof::Code, None).contains("novalidate"));
    }

    #[test]
    fn what_was_wrong_stands_at_the_field() {
        let html = page(Proof::Code, Some("error-required"));
        assert!(
            html.contains("aria-describedby=\"proof-error proof-help\""),
            "{html}"
        );
        assert!(html.contains("id=\"proof-error\""), "{html}");
    }
}
