//! Processes that die with the test.

use crate::Folder;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A shell that starts the process given as arguments, waits until its own standard input ends (the
/// owner dropped it, was killed, or crashed: the system closes the pipe in each case), ends the
/// process, and removes the folder. A signal to the parent's death would not do: it fires when the
/// *thread* that started the process ends, and every test is a thread of its own.
const WATCH: &str = r#"
signal=$1; folder=$2; shift 2
"$@" </dev/null &
child=$!
exec >/dev/null
read -r _
kill -"$signal" "$child" 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$child" 2>/dev/null || break; sleep 0.1; done
kill -KILL "$child" 2>/dev/null
wait "$child" 2>/dev/null
[ -z "$folder" ] || rm -rf -- "$folder"
"#;

/// A running process that is ended when this is dropped or its owner dies, and the folder it works in.
#[derive(Debug)]
pub struct Guarded {
    watcher: Child,
    lifeline: Option<ChildStdin>,
    output: Option<ChildStdout>,
    folder: Option<Folder>,
}

impl Guarded {
    /// Starts `program`. `signal` is what asks it to end (`TERM`, `QUIT`, `KILL`); it gets a second for it.
    /// The folder, if given, is removed afterwards. Standard output can be taken with [`Self::output`];
    /// standard error goes to `errors`.
    pub fn start(
        program: &Path,
        arguments: &[String],
        signal: &str,
        folder: Option<Folder>,
        errors: Stdio,
    ) -> std::io::Result<Self> {
        use std::os::unix::process::CommandExt as _;
        let mut watcher = Command::new("/bin/sh")
            .arg("-c")
            .arg(WATCH)
            .arg("watch")
            .arg(signal)
            .arg(folder.as_ref().map_or(Path::new(""), Folder::path))
            .arg(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(errors)
            // Ctrl-C in a terminal goes to the whole group; the watcher has to outlive its owner.
            .process_group(0)
            .spawn()?;
        Ok(Self {
            lifeline: watcher.stdin.take(),
            output: watcher.stdout.take(),
            watcher,
            folder,
        })
    }

    /// The process's standard output; `None` the second time.
    pub const fn output(&mut self) -> Option<ChildStdout> {
        self.output.take()
    }

    /// The folder it works in.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_ref().map(Folder::path)
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        let _ = self.watcher.wait();
    }
}

/// A TCP port nobody listens on at this moment.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .expect("the loopback interface has free ports")
        .port()
}
