//! The document around the console: language, theme, style sheet, and the scripts that hydrate it.

use crate::App;
use crate::language::PageLanguage;
use crate::me::{META, me};
use crate::theme::Theme;
use crate::{install, release};
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};

/// The document of every page of the console.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let language = PageLanguage::of_request();
    provide_context(language);
    let theme = Theme::of_request();
    let person = me().and_then(|person| serde_json::to_string(&person).ok());
    view! {
        <!DOCTYPE html>
        <html lang=language.0.as_str() data-theme=theme.attribute()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="robots" content="noindex"/>
                {release::build().map(|build| view! { <meta name=release::META content=build/> })}
                {person.map(|person| view! { <meta name=META content=person/> })}
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/console.webmanifest"/>
                <link rel="apple-touch-icon" href="/icons/apple-180.png"/>
                <link
                    rel="preload"
                    href="/fonts/inter-latin-wght-normal.woff2"
                    r#as="font"
                    r#type="font/woff2"
                    crossorigin="anonymous"
                />
                <script nonce=leptos::nonce::use_nonce() inner_html=install::CATCH></script>
                <HashedStylesheet options=options.clone()/>
                <AutoReload options=options.clone()/>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
