package io.viewal.worker.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.contract.PrepareParameters.Synthetic;
import io.viewal.worker.Chromium;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.synthetic.SyntheticScenes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetPageTest {

    private static final ImageSize SIZE = new ImageSize(80, 60);

    /** Uses the page as a person does, and writes what it sees into the document. */
    private static final String VISITOR = """
            <script>
            const seen = () => { draw(); return [...context.getImageData(0, 0, canvas.width, canvas.height).data]; };
            const lit = picture => picture.filter((v, i) => i % 4 === 0 && v > 60).length;
            const same = (a, b) => a.every((v, i) => v === b[i]);
            const drag = (dx, dy) => {
              canvas.dispatchEvent(new PointerEvent("pointerdown", {clientX: 100, clientY: 100}));
              dispatchEvent(new PointerEvent("pointermove", {clientX: 100 + dx, clientY: 100 + dy}));
              dispatchEvent(new PointerEvent("pointerup", {}));
            };
            const first = seen(), facts = [`lit ${lit(first)}`];
            drag(90, 0);
            const turned = seen();
            facts.push(`turns ${!same(first, turned)}`);
            drag(-90, 0);
            facts.push(`turns back ${same(first, seen())}`);
            canvas.dispatchEvent(new WheelEvent("wheel", {deltaY: -500, cancelable: true}));
            facts.push(`zooms ${!same(first, seen()) && view.zoom > 1.5}`);
            byId("reset").click();
            facts.push(`resets ${same(first, seen())}`);
            document.querySelectorAll("[name=paint]")[1].click();
            facts.push(`classes ${!same(first, seen())}`);
            byId("slider").value = 1;
            byId("slider").dispatchEvent(new Event("input"));
            facts.push(`frame ${byId("name").textContent}`);
            byId("scenes").children[1].click();
            facts.push(`scene ${scene.name}`);
            byId("photo").decode().then(() => {
              facts.push(`photo ${byId("photo").naturalWidth}`);
              document.title = facts.join(", ");
            });
            </script>""";

    @TempDir
    Path temp;

    @Test
    void theCloudTurnsAndFramesChangeInTheBrowser() throws IOException, InterruptedException {
        DatasetPage page = new DatasetPage("rooms", rooms().classes(), SIZE);
        add(page, 0, 4000);
        add(page, 1, 4000);
        Path file = temp.resolve("page.html");
        String html = new String(page.html(), StandardCharsets.UTF_8);
        Files.writeString(file, html.replace("</body>", VISITOR + "</body>"));

        String document = Chromium.documentOf(file, temp);

        String title = document.substring(document.indexOf("<title>") + 7, document.indexOf("</title>"));
        assertThat(title)
                .contains("turns true", "turns back true", "zooms true", "resets true", "classes true")
                .contains("frame frame-00001", "scene room-00001", "photo 80");
        assertThat(Integer.parseInt(title.substring(4, title.indexOf(',')))).isGreaterThan(5000);
        assertThat(document).contains("2 scenes, 80 × 60 pixels, 13 classes", "aria-pressed=\"true\">room-00001");
    }

    @Test
    void namesCannotEndTheDataOrBecomeTags() throws IOException {
        DatasetPage page = new DatasetPage("<b>rooms", List.of("</script><script>alert(1)</script>"), SIZE);
        add(page, 0, 100);
        String html = new String(page.html(), StandardCharsets.UTF_8);

        assertThat(html).contains("<title>&lt;b&gt;rooms</title>", "\\u003c/script>\\u003cscript>alert(1)");
        assertThat(html.split("</script>", -1)).hasSize(3);
    }

    @Test
    void hasNoMorePointsThanAskedFor() throws IOException {
        for (int most : new int[] {1, 3, 500, 10_000, 100_000}) {
            PointCloud cloud = new PointCloud(SIZE, 3, most);
            List<SourceFrame> frames = frames(0);
            frames.forEach(cloud::add);
            assertThat(cloud.count()).isLessThanOrEqualTo(Math.max(most, frames.size()));
        }
        PointCloud all = new PointCloud(SIZE, 3, 1_000_000);
        List<SourceFrame> frames = frames(0);
        frames.forEach(all::add);
        int known = 0;
        for (SourceFrame frame : frames) {
            for (float depth : frame.depth()) {
                known += depth > 0 ? 1 : 0;
            }
        }
        assertThat(all.count()).isEqualTo(known);
    }

    private static SyntheticScenes rooms() {
        return new SyntheticScenes(new Synthetic(2, 3, 1));
    }

    private static List<SourceFrame> frames(int room) throws IOException {
        SourceScene scene = rooms().open(rooms().names().get(room), SIZE, 13);
        List<SourceFrame> frames = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            frames.add(scene.read(i));
        }
        return frames;
    }

    private static void add(DatasetPage page, int room, int points) throws IOException {
        List<SourceFrame> frames = frames(room);
        PointCloud cloud = new PointCloud(SIZE, frames.size(), points);
        frames.forEach(cloud::add);
        List<Frame> path = frames.stream().map(SourceFrame::frame).toList();
        page.add(rooms().names().get(room), frames.size(), cloud, path, frames);
    }
}
