//! All files of the sources together: which of them a path comes from.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::source::{Source, Use};

/// All source files, and what their names mean.
pub(crate) struct House {
    pub(crate) sources: Vec<Source>,
    /// The file of each module, by the module's path joined with `::`.
    files: BTreeMap<String, usize>,
    /// What a name that a module hands on stands for.
    handed_on: BTreeMap<(String, String), Vec<String>>,
}

impl House {
    pub(crate) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut sources = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|it| it == "rs") {
                    sources.push(Source::read(&root, &path));
                }
            }
        }
        assert!(sources.len() > 20, "the sources were not found");
        sources.sort_by(|one, other| one.file.cmp(&other.file));
        let files = sources
            .iter()
            .enumerate()
            .map(|(index, it)| (it.module.join("::"), index))
            .collect();
        let mut house = Self {
            sources,
            files,
            handed_on: BTreeMap::new(),
        };
        for source in &house.sources {
            for used in &source.uses {
                if let Some(name) = &used.handed_on_as {
                    let module = source.module.join("::");
                    let mut path = used.path.clone();
                    // `use entry::Entry` names a child of the module that it stands in.
                    if path.first().is_some_and(|it| it != "crate") {
                        let child = [source.module.clone(), path.clone()].concat();
                        if house
                            .files
                            .contains_key(&child[..=source.module.len()].join("::"))
                        {
                            path = [vec!["crate".to_owned()], child].concat();
                        }
                    }
                    house.handed_on.insert((module, name.clone()), path);
                }
            }
        }
        house
    }

    /// Returns the file that a path of this crate comes from.
    pub(crate) fn file_of(&self, source: &Source, path: &[String]) -> Option<usize> {
        let mut path = path.to_vec();
        if path.first()? != "crate" {
            // A path that begins with a child of this module.
            let child = [source.module.clone(), path.clone()].concat();
            self.files.get(&child[..=source.module.len()].join("::"))?;
            path = [vec!["crate".to_owned()], child].concat();
        }
        for _ in 0..8 {
            let names = &path[1..];
            let depth = (0..=names.len())
                .rev()
                .find(|&depth| self.files.contains_key(&names[..depth].join("::")))?;
            let module = names[..depth].join("::");
            let handed_on = names
                .get(depth)
                .and_then(|name| self.handed_on.get(&(module.clone(), name.clone())));
            match handed_on {
                Some(target) if target.first().is_some_and(|it| it == "crate") => {
                    path = [target.clone(), names[depth + 1..].to_vec()].concat();
                }
                Some(_) | None => return self.files.get(&module).copied(),
            }
        }
        None
    }

    /// Calls `visit` with each use of a file of this crate: its line, and the file.
    pub(crate) fn each_use(&self, mut visit: impl FnMut(&Source, &Use, &Source)) {
        for source in &self.sources {
            for used in &source.uses {
                if let Some(file) = self.file_of(source, &used.path) {
                    visit(source, used, &self.sources[file]);
                }
            }
        }
    }
}
