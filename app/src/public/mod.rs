//! Pages that anyone can open: plain HTML with ordinary forms, complete without any script. Made on the server only. The pages behind a training
//! code load a small module that makes them quicker (package `convoke-join`); the others load none.

mod account;
mod answer;
mod closed;
mod facts;
mod forgotten;
mod install;
mod join;
mod join_field;
mod join_form;
mod message;
mod new_version;
mod offline;
mod poster;
mod proof;
mod room;
mod set_up;
mod sign_in;
mod space;
mod stop;

pub use account::{PasswordPage, password_page};
pub use answer::{AnswerPage, answer_page};
pub use closed::{ClosedPage, closed_page};
pub use forgotten::{ForgottenPage, forgotten_page};
pub use join::{CodePage, CodeProblem, JoinFrame, JoinPage, code_page, join_page};
pub use join_form::{JoinFormPage, first_problem, join_form_page};
pub use message::{MessagePage, message_page};
pub use offline::{
    DevicePage, NONCE, OfflinePages, OfflineParts, OfflinePerson, OfflineTraining, device_page,
    no_network_page, offline_pages, offline_people,
};
pub use poster::{Poster, Qr, poster_page};
pub use proof::{ProofPage, proof_page};
pub use room::{ElsewherePage, LockPage, Locked, elsewhere_page, lock_page};
pub use set_up::{SetUpPage, set_up_page};
pub use sign_in::{SignInPage, sign_in_page};
pub use space::{NobodyPage, SpacePage, nobody_page, space_page};
pub use stop::{StopPage, stop_page};

use crate::api::ApiError;
use crate::theme::Theme;
use convoke_domain::{Language, Refusal};
use convoke_texts::t;
use leptos::prelude::*;

/// What all public pages share.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The language of the page.
    pub language: Language,
    /// Address of the style sheet.
    pub stylesheet: String,
    /// Light, dark, or as the system has it.
    pub theme: Theme,
    /// Which build of Convoke made the page; releases only.
    pub build: Option<String>,
}

/// The module that makes a page quicker where WebAssembly runs.
#[derive(Clone, Debug)]
pub struct Enhancement {
    /// Address of the JavaScript.
    pub script: String,
    /// Address of the WebAssembly.
    pub module: String,
    /// The nonce in the policy of the page.
    pub nonce: String,
}

impl Enhancement {
    fn view(&self) -> impl IntoView + use<> {
        // Once the page is there: on a slow network style and font come first. Addresses of our own files: nothing in them has to be escaped.
        let start = format!(
            "const go=()=>import(\"{}\").then(m=>m.default({{module_or_path:\"{}\"}}));\
             document.readyState==\"complete\"?go():addEventListener(\"load\",go)",
            self.script, self.module
        );
        view! {
            <script nonce=self.nonce.clone() inner_html=crate::install::CATCH></script>
            <script type="module" nonce=self.nonce.clone() inner_html=start></script>
        }
    }
}

/// What stands around the body of a page.
struct Outline<'a> {
    frame: &'a Frame,
    title: &'a str,
    brand: &'a str,
    /// Address of the same page in the other language.
    switch: Option<String>,
    /// Class of the page: how wide it is.
    class: &'static str,
    enhancement: Option<&'a Enhancement>,
    /// Whether the device is locked to the training, for the module of the page.
    locked: Option<&'static str>,
}

/// A whole document without a script. `switch` is the address of the same page in the other language.
fn document(
    frame: &Frame,
    title: &str,
    brand: &str,
    switch: Option<String>,
    body: impl IntoView + 'static,
) -> String {
    let outline = Outline {
        frame,
        title,
        brand,
        switch,
        class: "public-page",
        enhancement: None,
        locked: None,
    };
    outline.document(body)
}

impl Outline<'_> {
    /// The whole document.
    fn document(self, body: impl IntoView + 'static) -> String {
        let language = self.frame.language;
        let other = match language {
            Language::En => "fr",
            Language::Fr => "en",
        };
        let page_title = format!("{} – {}", self.title, t!(language, "app-name"));
        let brand = self.brand.to_owned();
        let html = view! {
            <html lang=language.as_str() data-theme=self.frame.theme.attribute()>
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                    <meta name="robots" content="noindex, nofollow" />
                    <meta name="color-scheme" content="light dark" />
                    <meta name="format-detection" content="telephone=no" />
                    {self
                        .frame
                        .build
                        .clone()
                        .map(|build| view! { <meta name=crate::release::META content=build /> })}
                    <link rel="stylesheet" href=self.frame.stylesheet.clone() />
                    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                    {self
                        .enhancement
                        .is_some()
                        .then(|| {
                            view! {
                                <link rel="manifest" href="/join.webmanifest" />
                                <link rel="apple-touch-icon" href="/icons/apple-180.png" />
                            }
                        })}
                    <title>{page_title}</title>
                    {self.enhancement.map(Enhancement::view)}
                </head>
                <body class="public" data-locked=self.locked>
                    <div class=self.class>
                        <header class="public-head">
                            <span class="public-mark" aria-hidden="true"></span>
                            <span class="public-brand">{brand}</span>
                            {self
                                .switch
                                .map(|href| {
                                    view! {
                                        <a class="public-switch" href=href lang=other hreflang=other>
                                            {t!(language, "public-language-switch")}
                                        </a>
                                    }
                                })}
                        </header>
                        {body}
                    </div>
                </body>
            </html>
        };
        // The marks between texts are for hydration, which these pages have none of; in a title they would be seen. Elsewhere a `<`
        // is always escaped.
        format!("<!DOCTYPE html>{}", html.to_html().replace("<!>", ""))
    }
}

/// A text input with its label, help and error.
struct Field<'a> {
    name: &'static str,
    kind: &'static str,
    label: String,
    value: &'a str,
    help: Option<String>,
    error: Option<String>,
    autocomplete: &'static str,
    autofocus: bool,
    list: Option<&'static str>,
}

impl Field<'_> {
    fn view(self) -> impl IntoView + use<> {
        let help_id = self.help.is_some().then(|| format!("{}-help", self.name));
        let error_id = self.error.is_some().then(|| format!("{}-error", self.name));
        let described_by = [error_id.clone(), help_id.clone()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ");
        let described_by = (!described_by.is_empty()).then_some(described_by);
        view! {
            <div class="field">
                <label for=self.name>{self.label}</label>
                <input
                    class="input"
                    id=self.name
                    name=self.name
                    type=self.kind
                    value=self.value.to_owned()
                    autocomplete=self.autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    required
                    autofocus=self.autofocus
                    list=self.list
                    aria-invalid=self.error.is_some().then_some("true")
                    aria-describedby=described_by
                />
                {self.error.map(|text| view! { <p class="field-error" id=error_id>{text}</p> })}
                {self.help.map(|text| view! { <p class="field-help" id=help_id>{text}</p> })}
            </div>
        }
    }
}

/// The sentence of a refusal at one field, if it names it.
fn at_field(refusal: Option<&Refusal>, language: Language, field: &str) -> Option<String> {
    ApiError::Refused(refusal?.clone()).at_field(language, field)
}

/// The sentence of a refusal as a whole.
fn sentence(refusal: &Refusal, language: Language) -> String {
    ApiError::Refused(refusal.clone()).sentence(language)
}

/// A notice above a form.
fn problem(text: String) -> impl IntoView {
    view! {
        <div class="notice notice-problem" role="alert">
            <p class="notice-text">{text}</p>
        </div>
    }
}
