//! The page that asks whoever tapped a name for a proof.

use super::JoinFrame;
use super::join::eyebrow;
use super::room::goes_back;
use super::space::IDLE_SECONDS;
use crate::components::tone_of;
use convoke_domain::registration::Proof;
use convoke_domain::view::ProofView;
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
    let list = format!("/join/{}", view.code);
    let path = format!("{list}/proof/{}", view.listed.id);
    let by_code = view.proof == Proof::Code;
    let (lead, label, help) = if by_code {
        (
            t!(language, "proof-code-lead"),
            t!(language, "proof-code"),
            t!(language, "proof-code-missing"),
        )
    } else {
        (
            t!(language, "proof-mobile-lead"),
            t!(language, "proof-mobile"),
            t!(language, "proof-mobile-missing"),
        )
    };
    let error = view.problem.as_ref().map(|key| t!(language, key));
    let described_by = if error.is_some() {
        "proof-error proof-help"
    } else {
        "proof-help"
    };
    let tone = format!(
        "avatar avatar-large tone-{}",
        tone_of(view.listed.id.as_bytes())
    );
    let body = view! {
        <main class="public-main public-narrow">
            <div class="proof-person">
                <span class=tone aria-hidden="true">
                    {view.listed.initials.clone()}
                </span>
                <div>
                    <h1>{view.listed.name.clone()}</h1>
                    <p class="join-eyebrow">
                        {view.training.title.clone()} " · " {eyebrow(language, &view.training)}
                    </p>
                </div>
            </div>
            <p class="public-lead">{lead}</p>
            <form class="public-form" method="post" action=path data-once autocomplete="off" novalidate>
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
                        aria-invalid=error.is_some().then_some("true")
                        aria-describedby=described_by
                    />
                    {error
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
                {by_code
                    .then(|| {
                        view! {
                            <form method="post" action=format!("{list}/enter") data-once>
                                <input type="hidden" name="person" value=view.listed.id.to_string() />
                                <button class="button public-button" type="submit">
                                    {t!(language, "proof-code-again")}
                                </button>
                            </form>
                        }
                    })} <a class="invitation-calendar" href=list.clone()>
                    {t!(language, "proof-back")}
                </a>
            </div>
        </main>
        {goes_back(language, &list, &page.frame.locked, IDLE_SECONDS)}
    };
    page.frame.document(
        &t!(language, "proof-title"),
        &view.training.organisation,
        "public-page",
        body,
    )
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
    fn what_was_wrong_stands_at_the_field() {
        let html = page(Proof::Code, Some("error-required"));
        assert!(
            html.contains("aria-describedby=\"proof-error proof-help\""),
            "{html}"
        );
        assert!(html.contains("id=\"proof-error\""), "{html}");
    }
}
