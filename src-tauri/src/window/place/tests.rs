use super::*;

const ONE: Screen = Screen {
    x: 0,
    y: 0,
    width: 1920,
    height: 1040,
    scale: 1.0,
};
/// To the left of [`ONE`], with a scale of two.
const LEFT: Screen = Screen {
    x: -3840,
    y: 0,
    width: 3840,
    height: 2160,
    scale: 2.0,
};

fn saved(x: i64, y: i64, width: i64, height: i64) -> Vec<u8> {
    format!(r#"{{"x":{x},"y":{y},"width":{width},"height":{height}}}"#).into_bytes()
}

fn is_seen(place: Place, screen: Screen) -> bool {
    let right = i64::from(place.x) + i64::from(place.width);
    let bottom = i64::from(place.y) + i64::from(place.height);
    place.x >= screen.x
        && place.y >= screen.y
        && right <= i64::from(screen.x) + i64::from(screen.width)
        && bottom <= i64::from(screen.y) + i64::from(screen.height)
}

#[test]
fn a_sane_place_is_kept() {
    let place = visible(&saved(100, 50, 1120, 760), &[ONE]);
    let kept = Place {
        x: 100,
        y: 50,
        width: 1120,
        height: 760,
        maximized: false,
    };
    assert_eq!(place, Some(kept), "nothing was wrong with it");
}

#[test]
fn absurd_places_are_forgotten() {
    let (max, min) = (i64::from(i32::MAX), i64::from(i32::MIN));
    for absurd in [
        saved(-32000, -32000, 1120, 760),
        saved(max, max, 1120, 760),
        saved(min, min, 1120, 760),
        saved(1920, 0, 1120, 760),
        saved(0, 1040, 1120, 760),
        saved(100, 100, 0, 0),
        saved(100, 100, 1120, 0),
        saved(100, 100, -1, 760),
        saved(max + 1, 0, 1120, 760),
        saved(0, 0, 1 << 40, 760),
        b"".to_vec(),
        b"{".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"{}".to_vec(),
        br#"{"x":"0","y":0,"width":1120,"height":760}"#.to_vec(),
        br#"{"x":0.5,"y":0,"width":1120,"height":760}"#.to_vec(),
        br#"{"x":1e999,"y":0,"width":1120,"height":760}"#.to_vec(),
        br#"{"x":0,"y":0,"width":1120}"#.to_vec(),
        vec![0; 4096],
        vec![0xff; 64],
    ] {
        let shown = String::from_utf8_lossy(&absurd).into_owned();
        assert_eq!(visible(&absurd, &[ONE]), None, "the default, not {shown}");
    }
}

#[test]
fn a_place_half_outside_comes_back() {
    for (x, y, width, height) in [
        (1900, 1000, 1120, 760),
        (-1100, -700, 1120, 760),
        (0, 0, 100_000, 100_000),
        (0, 0, 1, 1),
        (1919, 1039, 1, 1),
        (i64::from(i32::MIN), 0, i64::from(u32::MAX), 760),
    ] {
        let place = visible(&saved(x, y, width, height), &[ONE]).expect("some of it is seen");
        assert!(is_seen(place, ONE), "{place:?} is on the screen");
        assert!(
            place.width >= 720 && place.height >= 520,
            "{place:?} is usable"
        );
    }
}

#[test]
fn the_screen_that_shows_most_of_it_keeps_it() {
    let place = visible(&saved(-900, 100, 1000, 700), &[ONE, LEFT]).expect("both show some");
    assert!(is_seen(place, LEFT), "{place:?} stays on the left");
    assert_eq!(
        (place.width, place.height),
        (1440, 1040),
        "the smallest window of a screen with a scale of two"
    );
}

#[test]
fn without_screens_the_system_decides() {
    assert_eq!(
        visible(&saved(0, 0, 1120, 760), &[]),
        None,
        "nothing is known"
    );
}

#[test]
fn a_screen_too_small_shows_the_corner() {
    let small = Screen {
        width: 640,
        height: 480,
        ..ONE
    };
    let place = visible(&saved(50, 60, 1120, 760), &[small]).expect("some of it is seen");
    assert_eq!((place.x, place.y), (0, 0), "the corner with the title");
}
