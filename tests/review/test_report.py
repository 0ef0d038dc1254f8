"""Reports: all in one file, nothing of a name is markup, pictures show what is said."""

import io
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from PIL import Image

import boxreel as br
from boxreel.errors import ExportError, VideoMismatchError
from boxreel.model import VideoInfo
from boxreel.review import Signal, verdict_on
from boxreel.review.report import content
from boxreel.review.report.charts import Chart, signal_chart
from boxreel.review.report.scenes import scene_of, stills
from tests.review.clips import labels

PIXELS = np.full((40, 480, 640), 90, np.uint8)
VIDEO = br.open_video(PIXELS, fps=10)
HOSTILE = '</td><script>alert(1)</script><img src=x onerror="x">|*`&'


class Page(HTMLParser):
    """Tags of a page with their attributes, and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def all(self, name):
        return [attributes for tag, attributes in self.tags if tag == name]


@pytest.fixture
def r():
    truth = labels(("car", 0, 40, 100), ("person", 0, 40, 300))
    seen = labels(("car", 0, 20, 100), ("car", 20, 40, 102), ("person", 5, 40, 300))
    return br.compare(truth, seen)


def report(r, tmp_path, **options):
    path = r.report(tmp_path / "report.html", video=VIDEO, **options)
    return Page(path.read_text("utf-8"))


def test_a_page_with_numbers_events_and_pictures(r, tmp_path):
    r.pin("lost here", 12)
    said = verdict_on(r, r.errors[0], "label_wrong", note="bent")
    r.remarks.reviewed = r.remarks.reviewed.with_verdict(said).with_verified(0, 10)
    r.add_signal("loss", np.arange(40))
    page = report(r, tmp_path)
    number = f"{100 * r.evaluation['HOTA']:.1f}"
    for text in ("Review of street.mp4", number, "lost here", "label wrong: bent"):
        assert text in page.text
    assert "1 label wrong, 10 frames verified, 1 not looked at" in page.text
    assert "#1 car goes on as P2, before as P1" in page.text
    pictures = page.all("img")
    assert len(pictures) == 1 + 3 * len(r.errors)
    assert all(each["src"].startswith("data:image/jpeg;base64,") for each in pictures)
    assert "Frame 20: #1 car, P2" in {each["alt"] for each in pictures}
    charts = [each for each in page.all("svg") if each["class"] == "chart"]
    assert [each["aria-label"] for each in charts][1] == "loss"


def test_a_page_loads_nothing(r, tmp_path):
    page = report(r, tmp_path)
    policy = next(each for each in page.all("meta") if "http-equiv" in each)
    assert policy["content"].startswith("default-src 'none'; img-src data:;")
    assert not page.all("script") + page.all("link") + page.all("iframe")
    text = (tmp_path / "report.html").read_text("utf-8")
    links = set(re.findall(r"https?://[^\s\"'<]+", text))
    assert links == {"http://www.w3.org/2000/svg"}


def test_no_name_is_markup(tmp_path):
    info = VideoInfo("<b>v.mp4", 640, 480, np.arange(40), VIDEO.time_base)
    empty = br.Annotation.for_video(info, labels=[HOSTILE])
    r = br.compare(empty.add_track(HOSTILE, {0: (9, 9, 50, 50)}), empty)
    r.pin(HOSTILE, 3)
    r.add_signal(HOSTILE, np.zeros(40))
    page = report(r, tmp_path)
    assert not page.all("script")
    assert not any(name[:2] == "on" for _, given in page.tags for name in given)
    assert page.text.count(HOSTILE) >= 5
    assert "<b>v.mp4" in page.text
    path = r.report(tmp_path / "report.md", video=VIDEO)
    text = path.read_text("utf-8")
    assert "<script" not in text
    table = [line for line in text.splitlines() if line.startswith("| ")]
    rows = [re.sub(r"\\.", "", line).count("|") for line in table]
    assert set(rows) <= {4, 6, 7, 12}
    lone = br.Annotation.for_video(info, labels=["\ud800\nb"])
    lone = lone.add_track("\ud800\nb", {0: (9, 9, 50, 50)})
    assert br.compare(lone, empty).report(tmp_path / "lone.html").stat().st_size


def test_without_a_video_there_are_no_pictures(r, tmp_path):
    page = Page(r.report(tmp_path / "r.html", title="Run 12").read_text("utf-8"))
    assert page.all("img") == []
    assert "Run 12" in page.text
    assert "#1 car goes on as P2" in page.text


def test_without_an_error(tmp_path):
    one = labels(("car", 0, 40, 100))
    for path in ("same.html", "same.md"):
        text = br.compare(one, one).report(tmp_path / path).read_text("utf-8")
        assert "100.0" in text
    none = br.compare(labels(), labels()).report(tmp_path / "none.html")
    assert "Review of street.mp4" in none.read_text("utf-8")


def test_of_many_errors_the_worst_are_listed(r, tmp_path, monkeypatch):
    monkeypatch.setattr(content, "MOST", 1)
    page = report(r, tmp_path, worst=0)
    assert "1 less severe errors are not listed" in page.text
    assert page.all("img") == []


def test_markdown_shows_files_that_are_there(r, tmp_path):
    r.pin("lost here", 12)
    path = r.report(tmp_path / "report.md", video=VIDEO)
    text = path.read_text("utf-8")
    shown = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)
    assert len(shown) == 3 + 1 + 3 * len(r.errors)
    there = {str(p.relative_to(tmp_path)) for p in tmp_path.glob("report_files/*")}
    assert there == set(shown)
    with Image.open(tmp_path / "report_files/pinned-1-12.jpg") as image:
        assert image.size == (800, 600)
    chart = (tmp_path / "report_files/chart-1.svg").read_text("utf-8")
    assert "prefers-color-scheme: dark" in chart
    assert "| label | HOTA |" in text
    assert "#&#8203;1 car goes on as P2" in text


def test_a_scene_shows_before_at_and_after_around_its_boxes(r):
    late = next(e for e in r.errors if e.kind == "late_start")
    switch = next(e for e in r.errors if e.kind == "switch")
    assert scene_of(r, late).frames == (0, 2, 5)
    scene = scene_of(r, switch)
    assert scene.frames == (16, 20, 24)
    left, top, right, bottom = scene.window
    assert left <= 100 < 142 <= right
    assert top <= 10 < 40 <= bottom
    assert (right - left) * 480 == pytest.approx((bottom - top) * 640, rel=0.01)
    assert scene_of(r, r.pin("all of it", 39)).window == (0, 0, 640, 480)
    (pictures,) = stills(r, VIDEO, [scene]).values()
    assert [still.frame for still in pictures] == [16, 20, 24]
    assert [still.text for still in pictures] == [
        "Frame 16: #1 car, P1",
        "Frame 20: #1 car, P2",
        "Frame 24: #1 car, P2",
    ]
    pixels = np.asarray(Image.open(io.BytesIO(pictures[0].jpeg)))
    assert pixels.shape == (300, 400, 3)
    assert np.ptp(pixels) > 100


def test_charts_write_numbers_that_svg_can_read():
    chart = Chart("<none>", (300, 100), 0, 0)
    chart.line([], "l1")
    assert "nan" not in chart.svg()
    assert 'aria-label="&lt;none&gt;"' in chart.svg()


def test_a_signal_may_be_negative_or_missing():
    values = np.array([-2, np.nan, 4, np.inf])
    svg = signal_chart(Signal("gain", values)).svg()
    assert [float(n) for n in re.findall(r'end">(-?[\d.]+)<', svg)] == [-2, 0, 2, 4]
    path = re.search(r'line l1" d="M([\d. L]+)"', svg)[1]
    assert [float(p.split()[1]) for p in path.split("L")] == [94, 12]
    none = signal_chart(Signal("gain", np.full(4, np.nan))).svg()
    assert "nan" not in none
    assert "inf" not in none


def test_what_cannot_be_written_is_refused(r, tmp_path):
    with pytest.raises(ExportError, match=r"choose \.html or \.md"):
        r.report(tmp_path / "report.pdf")
    with pytest.raises(ExportError, match="make it first"):
        r.report(tmp_path / "nowhere" / "report.html")
    with pytest.raises(VideoMismatchError):
        r.report(tmp_path / "report.html", video=np.zeros((9, 48, 64), np.uint8))
    assert list(tmp_path.iterdir()) == []
