//! `convoke serve`: the web application, the live updates and the worker that sends, until it is told to stop.

use super::{Failure, demo};
use crate::check;
use crate::config::{Config, Problem, ServeArgs, language, open_files};
use crate::http::{AppState, Hooks, Live, Site, router};
use convoke_delivery::bounces::MailboxState;
use convoke_delivery::{BounceReader, Gateways, ReportAddress, SenderSetup, SmsTarget, Worker};
use convoke_domain::{Language, Refusal};
use convoke_service::{Service, reports, setup};
use convoke_texts::t;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long open connections may take to end after the server was told to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// How often it is looked whether a night has begun in which something is forgotten.
const FORGET_EVERY: Duration = Duration::from_mins(10);

/// How often it is looked whether reminders are due.
const REMIND_EVERY: Duration = Duration::from_secs(30);

/// Serves, or checks whether it could.
pub async fn run(args: ServeArgs) -> Result<ExitCode, Failure> {
    let language = language();
    let config = Config::read(&args).map_err(Failure::Configuration)?;
    if args.demo && !args.allow_public_demo && !config.addr.ip().is_loopback() {
        let problem = Problem::new("CONVOKE_ADDR", "check-public-demo", "127.0.0.1:3000");
        return Err(problem.value(&config.addr.to_string()).into());
    }
    if args.check {
        let good = check::check(&config, language).await.print(language);
        return Ok(if good {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        });
    }
    let storage = super::open_at(&config.database_url).await?;
    let listener = TcpListener::bind(config.addr)
        .await
        .map_err(|cause| check::taken(&config, &cause))?;
    let addr = listener.local_addr().unwrap_or(config.addr);
    let mut service = Service::new(storage, &config.base_url_at(addr));
    service.files = open_files(&config.files, config.max_upload)?;
    service.sender = Some(Arc::new(SenderSetup {
        from: config.mail_from.clone(),
        mail: config.mail.clone(),
        dkim: config.dkim.clone(),
        hears_of_bounces: config.bounces.is_some() || config.hook_secret.is_some(),
        dns: config.dns,
    }));
    if args.demo {
        fill(&service, language).await?;
    } else if !args.allow_public_demo
        && !addr.ip().is_loopback()
        && convoke_service::demo::is_filled(&service).await?
    {
        // The accounts of the demonstration are there from an earlier start.
        let problem = Problem::new("CONVOKE_ADDR", "check-public-demo", "127.0.0.1:3000");
        return Err(problem.value(&addr.to_string()).into());
    }
    serve(&config, service, listener, language).await?;
    Ok(ExitCode::SUCCESS)
}

/// Demo data for an empty database; what is there stays.
async fn fill(service: &Service, language: Language) -> Result<(), Failure> {
    let accounts = match convoke_service::demo::fill(service).await {
        Ok(accounts) => {
            println!("{}", t!(language, "serve-demo-filled"));
            accounts
        }
        Err(Refusal::Conflict(_)) => {
            println!("{}", t!(language, "serve-demo-kept"));
            if !convoke_service::demo::is_filled(service).await? {
                return Ok(());
            }
            convoke_service::demo::accounts()
        }
        Err(refusal) => return Err(refusal.into()),
    };
    demo::print(&accounts);
    Ok(())
}

async fn serve(
    config: &Config,
    service: Service,
    listener: TcpListener,
    language: Language,
) -> Result<(), Failure> {
    let key = reports::signing_key(&service).await?;
    let told = ReportAddress::new(&service.base_url, &key, &config.sms);
    let dkim = config.dkim.clone();
    let gateways = Gateways::reporting(&config.mail, &config.sms, &config.mail_from, dkim, told)
        .map_err(|cause| {
            Failure::Sentence(t!(language, "command-failed", cause = cause.to_string()))
        })?;
    if setup::needs_set_up(&service).await? {
        let token = setup::new_token(&service).await?;
        let address = format!("{}/set-up?token={token}", service.base_url);
        tracing::info!("{}", t!(language, "serve-set-up", address = address));
    }

    let (stop, stopping) = watch::channel(false);
    let live = Live::new(stopping.clone());
    let live_task = tokio::spawn(live.clone().run(service.storage.clone()));
    let worker = Worker::new(
        service.storage.clone(),
        service.clock.clone(),
        service.random.clone(),
        service.outbox_bell.clone(),
        gateways,
        &service.base_url,
        config.mail_from.clone(),
    )
    .with_paces(config.paces)
    .with_files(Arc::new(service.files.clone()));
    let worker_task = tokio::spawn({
        let stopping = stopping.clone();
        async move { worker.run(stopping).await }
    });

    tokio::spawn(remind(service.clone(), stopping.clone()));
    tokio::spawn(forget(service.clone(), stopping.clone()));

    let bounces_task = if let Some(mailbox) = &config.bounces {
        let owner = format!("{}-{}", std::process::id(), service.id::<uuid::Uuid>());
        let reader = BounceReader::new(
            service.storage.clone(),
            service.clock.clone(),
            mailbox.clone(),
            owner,
        );
        let stopping = stopping.clone();
        Some(tokio::spawn(async move { reader.run(stopping).await }))
    } else {
        if let Err(cause) = MailboxState::forget(&service.storage).await {
            tracing::error!(%cause, "that no mailbox is read could not be noted");
        }
        None
    };

    tokio::spawn({
        let service = service.clone();
        async move {
            // Logged where it failed; whoever searches first tries again.
            let _ = convoke_service::directory::warm(&service).await;
        }
    });

    let storage = service.storage.clone();
    let address = service.base_url.clone();
    let state = AppState::new(
        service,
        Site::open(&config.site_root),
        config.proxies.clone(),
        live,
        Hooks::new(
            config.hook_secret.clone().map(|secret| secret.0),
            match &config.sms {
                SmsTarget::Twilio { credentials, .. } => Some(credentials.password.clone()),
                SmsTarget::Folder(_) | SmsTarget::Kannel { .. } => None,
            },
        ),
    );
    let app = router(state).into_make_service_with_connect_info::<SocketAddr>();
    println!("{}", t!(language, "serve-listening", address = address));

    tokio::spawn(async move {
        told_to_stop().await;
        tracing::info!("{}", t!(language, "serve-stopping"));
        let _ = stop.send(true);
    });
    let mut until = stopping.clone();
    let answering = axum::serve(listener, app).with_graceful_shutdown(async move {
        let _ = until.wait_for(|stop| *stop).await;
    });
    let mut farewell = stopping;
    let ended = tokio::select! {
        ended = answering => ended,
        // A browser that keeps its connection open does not keep the server from stopping.
        () = async {
            let _ = farewell.wait_for(|stop| *stop).await;
            tokio::time::sleep(FAREWELL).await;
        } => Ok(()),
    };
    if let Err(cause) = ended {
        tracing::error!(%cause, "the server stopped");
    }
    // What a worker has in its hands is finished and noted; nothing is sent twice after the next start.
    if let Err(cause) = worker_task.await {
        tracing::error!(%cause, "the outbox worker stopped");
    }
    let _ = live_task.await;
    if let Some(task) = bounces_task {
        let _ = task.await;
    }
    storage.close().await;
    tracing::info!("{}", t!(language, "serve-stopped"));
    Ok(())
}

/// Sends the reminders that are due, again and again. Any number of processes may do so over one database.
async fn remind(service: Service, mut stopping: watch::Receiver<bool>) {
    loop {
        // Logged where it failed; it is tried again.
        let _ = convoke_service::reminders::send_due(&service).await;
        tokio::select! {
            () = tokio::time::sleep(REMIND_EVERY) => {}
            _ = stopping.changed() => return,
        }
    }
}

/// Does the night's work of what is kept for some days only, again and again. Any number of processes may do so over one database; what is broken off is gone on with.
async fn forget(service: Service, mut stopping: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            // Logged where it failed; it is tried again.
            _ = convoke_service::retention::run_due(&service) => {}
            _ = stopping.changed() => return,
        }
        tokio::select! {
            () = tokio::time::sleep(FORGET_EVERY) => {}
            _ = stopping.changed() => return,
        }
    }
}

/// Waits for Ctrl+C or, from a service manager, SIGTERM.
async fn told_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
