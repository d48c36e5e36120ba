//! What stands on a virtual screen, read from the file that Xvfb keeps it in, and when it came to stand there.

use std::{collections::HashMap, fs, path::PathBuf, time::Duration};

/// One row of so many is looked at.
const ROWS: usize = 3;

/// A window is painted when so much of its final ink is in its place: a blinking cursor is no content.
const PAINTED: f64 = 0.95;

/// How many bytes a pixel has.
const PIXEL: usize = 4;

/// The pixels of some rows, as bytes: those are copied and compared at once.
pub(crate) type Picture = Vec<u8>;

/// A screen of Xvfb.
pub(crate) struct Screen(PathBuf);

/// The pictures that followed each other, with the time of each.
pub(crate) struct Film {
    before: Picture,
    pictures: Vec<(Duration, Picture)>,
}

impl Screen {
    pub(crate) const fn new(file: PathBuf) -> Self {
        Self(file)
    }

    /// The file is an X window dump: a header of big-endian numbers, a table of colours, the pixels (XWDFile.h).
    pub(crate) fn picture(&self) -> Picture {
        let bytes = fs::read(&self.0).expect("Xvfb keeps its screen in a file");
        let field = |index: usize| {
            let number = bytes[index * 4..][..4].try_into().expect("four bytes");
            u32::from_be_bytes(number) as usize
        };
        let (header, height, line, colours) = (field(0), field(5), field(12), field(19));
        let pixels = &bytes[header + colours * 12..];
        let rows = pixels.chunks_exact(line).take(height).step_by(ROWS);
        rows.fold(Picture::new(), |mut picture, row| {
            picture.extend_from_slice(row);
            picture
        })
    }
}

impl Film {
    pub(crate) const fn new(before: Picture) -> Self {
        Self {
            before,
            pictures: Vec::new(),
        }
    }

    /// Keeps a picture that is not as the one before; says whether it is.
    pub(crate) fn take(&mut self, at: Duration, picture: Picture) -> bool {
        let last = self.pictures.last().map_or(&self.before, |(_, last)| last);
        let changed = *last != picture;
        if changed {
            self.pictures.push((at, picture));
        }
        changed
    }

    /// When the ink of the last picture stood there for good; none when nothing was painted.
    ///
    /// Ink is what the window painted in another colour than its ground, the commonest.
    pub(crate) fn painted(&self) -> Option<Duration> {
        let (_, last) = self.pictures.last()?;
        let new: Vec<_> = pixels(last)
            .zip(pixels(&self.before))
            .enumerate()
            .filter(|(_, (now, before))| now != before)
            .map(|(index, (colour, _))| (index, colour))
            .collect();
        let mut colours = HashMap::<_, usize>::new();
        for (_, colour) in &new {
            *colours.entry(colour).or_default() += 1;
        }
        let ground = *colours.into_iter().max_by_key(|(_, count)| *count)?.0;
        let ink: Vec<_> = new
            .into_iter()
            .filter(|(_, colour)| *colour != ground)
            .collect();
        let is_painted = |picture: &Picture| {
            let stands =
                |(index, colour): &&(usize, &[u8])| picture[index * PIXEL..][..PIXEL] == **colour;
            let there = ink.iter().filter(stands).count();
            there as f64 >= PAINTED * ink.len() as f64
        };
        let from_the_end = self.pictures.iter().rev();
        from_the_end
            .take_while(|(_, picture)| is_painted(picture))
            .last()
            .map(|(at, _)| *at)
    }
}

fn pixels(picture: &[u8]) -> impl Iterator<Item = &[u8]> {
    picture.chunks_exact(PIXEL)
}
