//! What the public pages behind a training code share: the device, the language, and the headers of their answers.

use super::cookies::Cookie;
use super::{AppState, headers, lock, reply, sender};
use axum::extract::FromRequestParts;
use axum::http::header::{CONTENT_SECURITY_POLICY, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::Response;
use convoke_app::public::{
    CodePage, CodeProblem, Enhancement, JoinFrame, Locked, NONCE, code_page,
};
use convoke_domain::{Language, Refusal, RegistrationId, Timestamp};
use convoke_service::join::{self, Visitor};
use std::convert::Infallible;

/// Somebody who looks at a public page. As an extractor it knows the device: one that shows no mark of ours gets one with the answer.
pub struct Visit {
    state: AppState,
    headers: HeaderMap,
    uri: Uri,
    has_chosen_language: bool,
    locked: Locked,
    /// As the use cases know them.
    pub visitor: Visitor,
    /// Cookies that go back with the answer.
    cookies: Vec<HeaderValue>,
}

impl FromRequestParts<AppState> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let mut visit = Self::without_device(parts, state);
        let found = match visit.find_device().await {
            Ok(()) => visit.find_lock().await,
            failed => failed,
        };
        match found {
            Ok(()) => Ok(visit),
            Err(refusal) => Err(visit.refused(&refusal)),
        }
    }
}

/// The same where no code is tried, so that the device does not matter.
pub struct Passing(pub Visit);

impl FromRequestParts<AppState> for Passing {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let mut visit = Visit::without_device(parts, state);
        if let Err(refusal) = visit.find_lock().await {
            // Whoever is here gets their page all the same.
            tracing::error!(%refusal, "whether a device is locked is not known");
        }
        Ok(Self(visit))
    }
}

impl Visit {
    fn without_device(parts: &Parts, state: &AppState) -> Self {
        let Parts {
            headers,
            uri,
            extensions,
            ..
        } = parts;
        let https = state.is_https();
        let just_chosen = reply::chosen_language(uri);
        let chosen = just_chosen.or_else(|| Cookie::Language.get(headers, https)?.parse().ok());
        // What is chosen is kept for the pages that follow.
        let cookies = just_chosen
            .map(|language| Cookie::Language.set(https, language.as_str()))
            .into_iter()
            .collect();
        let language = chosen.unwrap_or_else(|| reply::accepted_language(headers));
        Self {
            state: state.clone(),
            headers: headers.clone(),
            uri: uri.clone(),
            has_chosen_language: chosen.is_some(),
            locked: Locked::No,
            visitor: Visitor {
                device: None,
                peer: sender::key(state, headers, extensions),
                language,
            },
            cookies,
        }
    }

    /// The secret of the training space that the browser has entered.
    pub fn space(&self) -> Option<String> {
        Cookie::Space.get(&self.headers, self.state.is_https())
    }

    async fn find_device(&mut self) -> Result<(), Refusal> {
        let (service, https) = (&self.state.service, self.state.is_https());
        if let Some(cookie) = Cookie::Device.get(&self.headers, https) {
            self.visitor.device = join::known_device(service, &cookie).await?;
        }
        if self.visitor.device.is_none() {
            let cookie = join::new_device(service).await?;
            self.cookies.push(Cookie::Device.set(https, &cookie));
        }
        Ok(())
    }

    /// Looks whether the device is locked to a training, if its cookie says so; a lock that has ended is forgotten.
    async fn find_lock(&mut self) -> Result<(), Refusal> {
        let https = self.state.is_https();
        if Cookie::Lock.get(&self.headers, https).is_none() {
            return Ok(());
        }
        match lock::found(&self.state, &self.headers).await? {
            Some(device) => self.locked = Locked::Yes(device),
            None => self.cookies.push(Cookie::Lock.remove(https)),
        }
        Ok(())
    }

    /// Whether the device is locked to a training.
    pub const fn is_locked(&self) -> bool {
        matches!(self.locked, Locked::Yes(_))
    }

    /// The list that a locked device goes back to, wherever somebody wants to go.
    pub fn locked_list(&self) -> Option<String> {
        let code = Cookie::Lock.get(&self.headers, self.state.is_https())?;
        self.is_locked().then(|| format!("/join/{code}"))
    }

    /// The secret of the console's session that the browser has, too.
    pub fn console_session(&self) -> Option<String> {
        Cookie::Session.get(&self.headers, self.state.is_https())
    }

    /// Takes a cookie away with the answer.
    pub fn remove(&mut self, cookie: Cookie) {
        self.cookies.push(cookie.remove(self.state.is_https()));
    }

    /// The language of the page.
    pub const fn language(&self) -> Language {
        self.visitor.language
    }

    /// Sets a cookie with the answer.
    pub fn set(&mut self, cookie: Cookie, value: &str) {
        self.cookies.push(cookie.set(self.state.is_https(), value));
    }

    /// The frame of a page, with the nonce that its policy has to name.
    fn frame(&self, language: Language, switch: String) -> (JoinFrame, Option<String>) {
        let enhancement = self.state.site.join.as_ref().map(|(script, module)| {
            let mut bytes = [0; 16];
            self.state.service.random.fill(&mut bytes);
            Enhancement {
                script: script.clone(),
                module: module.clone(),
                nonce: format!("{:032x}", u128::from_be_bytes(bytes)),
            }
        });
        let nonce = enhancement.as_ref().map(|e| e.nonce.clone());
        let frame = JoinFrame {
            frame: reply::frame(&self.state, &self.headers, language),
            enhancement,
            switch,
            locked: self.locked.clone(),
        };
        (frame, nonce)
    }

    /// The frame of a page that the device keeps, in a language: it draws the nonce itself. The page leads to the other language wherever it is.
    pub fn kept_frame(&self, language: Language) -> JoinFrame {
        let switch = format!("?language={}", reply::other(language).as_str());
        let (mut frame, _) = self.frame(language, switch);
        frame.locked = Locked::Kept;
        if let Some(enhancement) = &mut frame.enhancement {
            NONCE.clone_into(&mut enhancement.nonce);
        }
        frame
    }

    /// The address of this page in the other language.
    fn switch(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let asked = self.uri.query().unwrap_or_default();
        for (name, value) in url::form_urlencoded::parse(asked.as_bytes()) {
            if name != "language" {
                query.append_pair(&name, &value);
            }
        }
        query.append_pair("language", reply::other(self.language()).as_str());
        format!("{}?{}", self.uri.path(), query.finish())
    }

    /// Answers with a page.
    pub fn page(self, status: StatusCode, html: impl FnOnce(JoinFrame) -> String) -> Response {
        let switch = self.switch();
        self.page_with(switch, status, html)
    }

    /// Whether the language was chosen on this device; else a person's own counts more than the browser's.
    pub const fn has_chosen_language(&self) -> bool {
        self.has_chosen_language
    }

    /// Goes on in a person's own language.
    pub const fn speak(&mut self, language: Language) {
        self.visitor.language = language;
    }

    fn page_with(
        self,
        switch: String,
        status: StatusCode,
        html: impl FnOnce(JoinFrame) -> String,
    ) -> Response {
        let (frame, nonce) = self.frame(self.language(), switch);
        let mut response = reply::page(status, html(frame));
        if let Some(nonce) = nonce
            && let Ok(policy) = HeaderValue::from_str(&headers::join_policy(&nonce))
        {
            response
                .headers_mut()
                .insert(CONTENT_SECURITY_POLICY, policy);
        }
        self.finish(response)
    }

    /// Goes on to another page, by GET.
    pub fn see_other(self, path: &str) -> Response {
        self.finish(reply::see_other(path))
    }

    /// Goes into the training space.
    pub fn enter(mut self, secret: &str) -> Response {
        self.set(Cookie::Space, secret);
        self.see_other("/space")
    }

    /// Goes on to another page; nothing of whoever was here stays behind: no cookie, nothing that the browser kept, and forms made before
    /// now are not taken any more, so that the back button brings none of them back.
    pub fn leave(self, path: &str) -> Response {
        self.leave_at(path, None)
    }

    /// The same for who left earlier, on a device without network: forms that were made since then are taken.
    pub fn leave_at(mut self, path: &str, left: Option<Timestamp>) -> Response {
        let https = self.state.is_https();
        let now = self.state.service.clock.now();
        let now = left.map_or(now, |left| left.min(now)).0.max(0).to_string();
        self.cookies.push(Cookie::Space.remove(https));
        self.set(Cookie::Left, &now);
        let mut response = self.see_other(path);
        response.headers_mut().insert(
            HeaderName::from_static("clear-site-data"),
            HeaderValue::from_static("\"cache\""),
        );
        response
    }

    /// Whether a form is from before somebody last left on this device: then it is not this person's. The id of a registration is made with
    /// its form and begins with the time (RFC 9562, section 5.7).
    pub fn is_of_another(&self, registration: RegistrationId) -> bool {
        let Some(left) = Cookie::Left
            .get(&self.headers, self.state.is_https())
            .and_then(|text| text.parse::<u128>().ok())
        else {
            return false;
        };
        registration.0.as_u128() >> 80 < left
    }

    /// A page for what was refused. A code that is unknown, closed or switched off gets the same one.
    pub fn refused(self, refusal: &Refusal) -> Response {
        self.refused_typed(refusal, "")
    }

    /// The same, with the code as it was typed, to be corrected.
    pub fn refused_typed(self, refusal: &Refusal, typed: &str) -> Response {
        let problem = match refusal {
            Refusal::NotFound => CodeProblem::Unknown,
            Refusal::TooMany { retry_after } => CodeProblem::TooMany(*retry_after),
            _ => {
                let language = self.language();
                let response =
                    reply::refused_in(&self.state, &self.headers, refusal, language, false);
                return self.finish(response);
            }
        };
        let page = self.code(Some(problem), typed, reply::status(refusal));
        reply::saying_when(refusal, page)
    }

    /// The page where a code is typed. Its links name none.
    pub fn code(self, problem: Option<CodeProblem>, typed: &str, status: StatusCode) -> Response {
        let switch = format!("/join?language={}", reply::other(self.language()));
        self.page_with(switch, status, |frame| {
            code_page(&CodePage {
                frame,
                typed: typed.to_owned(),
                problem,
            })
        })
    }

    /// The answer, with the cookies that go back.
    pub fn finish(self, mut response: Response) -> Response {
        for cookie in self.cookies {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    }
}
