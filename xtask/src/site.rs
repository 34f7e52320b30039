//! What the browser loads: two WASM modules with their JavaScript (the console's, and the small one of the public pages), a style sheet for each,
//! and the files of `public/`.

use crate::tools::{self, WASM, Workspace};
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// The modules: what cargo calls them, and what they are called in `pkg`.
pub const MODULES: [(&str, &str); 2] = [("convoke-frontend", "convoke"), ("convoke-join", "join")];

/// The style sheets: which file of `style` they are made of, and what they are called in `pkg`.
const STYLES: [(&str, &str); 2] = [("console.css", "convoke.css"), ("public.css", "public.css")];

/// Builds the site for development into `target/site`.
pub fn build(workspace: &Workspace) -> Result<()> {
    tools::status("Building", "the browser's part");
    compile(workspace, "wasm-dev")?;
    assemble(workspace, "wasm-dev", &workspace.site(), false)
}

/// Compiles the modules.
pub fn compile(workspace: &Workspace, profile: &str) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--lib", "--target", WASM, "--profile", profile]);
    for (package, _) in MODULES {
        cargo.args(["--package", package]);
    }
    tools::succeed(&mut cargo)
}

/// Puts a site together from the compiled modules. `small` leaves out what only a debugger reads.
pub fn assemble(workspace: &Workspace, profile: &str, site: &Path, small: bool) -> Result<()> {
    let pkg = site.join("pkg");
    fs::create_dir_all(&pkg).with_context(|| format!("cannot make {}", pkg.display()))?;
    copy(&workspace.root.join("public"), site)?;
    for (sheet, name) in STYLES {
        let style = style_sheet(&workspace.root.join("style").join(sheet))?;
        write_if_changed(&pkg.join(name), style.as_bytes())?;
    }
    for (package, name) in MODULES {
        let compiled = workspace.target.join(WASM).join(profile);
        let module = compiled.join(format!("{}.wasm", package.replace('-', "_")));
        if !up_to_date(&module, &pkg.join(format!("{name}_bg.wasm"))) {
            bind(&module, name, &pkg, small)?;
        }
    }
    Ok(())
}

/// Makes the JavaScript of a module.
fn bind(module: &Path, name: &str, pkg: &Path, small: bool) -> Result<()> {
    tools::status("Binding", &format!("{name}: WASM to JavaScript"));
    Bindgen::new()
        .input_path(module)
        .web(true)?
        .out_name(name)
        .typescript(false)
        .omit_default_module_path(false)
        .keep_lld_exports(false)
        .remove_name_section(small)
        .remove_producers_section(small)
        .generate(pkg)
        .context("wasm-bindgen cannot read what cargo built")
}

/// Whether binding again would write the same.
fn up_to_date(module: &Path, bound: &Path) -> bool {
    let modified = |path: &Path| fs::metadata(path).and_then(|m| m.modified()).ok();
    match (modified(module), modified(bound)) {
        (Some(module), Some(bound)) => module < bound,
        _ => false,
    }
}

/// The style sheet with its imports in place, in their order.
fn style_sheet(path: &Path) -> Result<String> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    // A rule that is not closed swallows, as nested ones, all that follow it in every file.
    if text.matches('{').count() != text.matches('}').count() {
        bail!("{}: a brace is missing", path.display());
    }
    let folder = path.parent().context("a file is in a folder")?;
    let mut all = String::with_capacity(text.len());
    for line in text.lines() {
        match imported(line) {
            Some(name) => all.push_str(&style_sheet(&folder.join(name))?),
            None if line.trim_start().starts_with("@import") => {
                bail!("{}: cannot follow `{line}`", path.display())
            }
            None => {
                all.push_str(line);
                all.push('\n');
            }
        }
    }
    Ok(all)
}

fn imported(line: &str) -> Option<&str> {
    let name = line.trim().strip_prefix("@import")?.trim();
    name.strip_suffix(';')?
        .trim()
        .strip_prefix('"')?
        .strip_suffix('"')
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            write_if_changed(&target, &fs::read(entry.path())?)?;
        }
    }
    Ok(())
}

/// Keeps the time of a file that stays the same: browsers ask by it.
fn write_if_changed(path: &Path, content: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_put_in_their_place() {
        let folder = std::env::temp_dir().join(format!("convoke-css-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder");
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("ours");
        write("main.css", "@import \"a.css\";\nb {}\n");
        write("a.css", "a {}\n");
        let sheet = style_sheet(&folder.join("main.css"));
        write("main.css", "@import url(elsewhere.css);\n");
        let refused = style_sheet(&folder.join("main.css"));
        write("main.css", "a {\nb {}\n");
        let unclosed = style_sheet(&folder.join("main.css"));
        fs::remove_dir_all(&folder).expect("ours");
        assert_eq!(sheet.expect("it can be read"), "a {}\nb {}\n");
        assert!(refused.is_err());
        assert!(unclosed.is_err());
    }
}
