//! Calls of the server that nobody answers: a Wi-Fi that leads nowhere takes every question, and browsers wait for minutes.

use crate::api::ApiError;

/// The answer of a call; that it did not get through, when none comes within eight seconds. The call is given up then.
pub async fn patient<T>(call: impl Future<Output = Result<T, ApiError>>) -> Result<T, ApiError> {
    #[cfg(feature = "hydrate")]
    {
        use futures::future::{Either, select};
        let call = std::pin::pin!(call);
        let over = std::pin::pin!(waited(LONGEST));
        match select(call, over).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => Err(ApiError::Transport("nobody answers".to_owned())),
        }
    }
    #[cfg(not(feature = "hydrate"))]
    call.await
}

/// So long an answer is waited for.
#[cfg(feature = "hydrate")]
const LONGEST: std::time::Duration = std::time::Duration::from_secs(8);

/// Waits.
#[cfg(feature = "hydrate")]
pub async fn waited(duration: std::time::Duration) {
    let (done, over) = futures::channel::oneshot::channel();
    leptos::prelude::set_timeout(
        move || {
            let _ = done.send(());
        },
        duration,
    );
    let _ = over.await;
}
