package io.viewal.worker.labeling;

import io.viewal.worker.answer.Answer;
import io.viewal.worker.page.Picture;
import io.viewal.worker.stage.OpenRound;
import io.viewal.worker.stage.OpenScene;
import io.viewal.worker.stage.OpenScene.OpenRegion;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Logger;

/** What the page may ask and say. Safe for use by several threads; what is wrong is a {@link RefusedException}. */
final class LabelingTalk {

    private static final Logger LOG = Logger.getLogger(LabelingTalk.class.getName());

    private static final int MOST_AHEAD = 5;
    private static final int MOST_VIEWS = 3;
    private static final int MOST_REVIEWED = 120;

    private final OpenRound round;
    private final Clock clock;
    private final LabelingDesk desk;
    private final PageRegions regions;
    private final SaidAnswers said;
    private final Consumer<Boolean> listener;

    /**
     * @param listener is told after each answer whether there are enough to go on with
     */
    LabelingTalk(OpenRound round, Clock clock, Consumer<Boolean> listener) {
        this.round = round;
        this.clock = clock;
        this.listener = listener;
        this.desk = new LabelingDesk(round, clock);
        this.regions = new PageRegions(round);
        this.said = new SaidAnswers(round.manifest());
        desk.notes().forEach(LOG::warning);
        desk.lookAhead();
    }

    /** The round, with its classes. */
    PageData.Round round() {
        List<String> names = round.manifest().classes();
        List<String> keys = Hotkeys.of(names);
        List<PageData.ClassEntry> classes = new ArrayList<>();
        for (int id = 0; id < names.size(); id++) {
            classes.add(new PageData.ClassEntry(id, names.get(id), PageData.ClassEntry.color(id), keys.get(id)));
        }
        return new PageData.Round(
                round.name(), round.manifest().width(), round.manifest().height(), classes, desk.progress());
    }

    /** The next regions of a tab. */
    PageData.Next next(PageData.Ask ask) throws IOException {
        if (ask.session() == null || !ask.session().matches("[A-Za-z0-9-]{8,64}")) {
            throw new RefusedException(RefusedException.BAD_REQUEST, "The tab has no session");
        }
        List<PageData.Region> next = new ArrayList<>();
        for (OpenRegion region : desk.next(ask.session(), Math.clamp(ask.count(), 1, MOST_AHEAD))) {
            next.add(regions.region(region));
        }
        return new PageData.Next(next, desk.progress());
    }

    /** The same surface in other views. */
    List<PageData.View> views(String digest) throws IOException {
        OpenRegion region = desk.region(digest);
        if (region == null) {
            throw new RefusedException(RefusedException.NOT_FOUND, "There is no such region");
        }
        /** The same surface in other views. */
        List<PageData.View> views = new ArrayList<>();
        for (OpenScene.OtherView view : desk.scene(digest).otherViews(region, MOST_VIEWS)) {
            views.add(regions.view(region, view));
        }
        return views;
    }

    /** The newest answers. */
    List<PageData.Answered> answered() throws IOException {
        /** The newest answers. */
        List<PageData.Answered> answered = new ArrayList<>();
        for (Answer answer : desk.answered(MOST_REVIEWED)) {
            PageData.Region region = regions.region(desk.region(answer.target().regionDigest()));
            answered.add(PageData.Answered.of(region, answer, round.manifest().classes()));
        }
        return answered;
    }

    /** Takes an answer. */
    LabelingDesk.Progress add(PageData.Said answer) throws IOException {
        if (answer.digest() == null) {
            throw new RefusedException(RefusedException.BAD_REQUEST, "The answer is to no region");
        }
        OpenScene scene = desk.scene(answer.digest());
        OpenRegion region = desk.region(answer.digest());
        String image = regions.imageDigest(scene, region.row().scene(), region.frame());
        desk.add(said.answer(answer, region, image, clock.instant()), answer.session());
        LabelingDesk.Progress progress = desk.progress();
        listener.accept(progress.enough());
        return progress;
    }

    /** A frame as a PNG file. */
    byte[] image(int sceneIndex, int frame) throws IOException {
        if (sceneIndex >= round.scenes().size()) {
            throw new RefusedException(RefusedException.NOT_FOUND, "There is no such scene");
        }
        String name = round.scenes().get(sceneIndex);
        if (frame >= round.manifest().scene(name).frames()) {
            throw new RefusedException(RefusedException.NOT_FOUND, "The scene has no such frame");
        }
        return Picture.photo(round.scene(name).color(frame), round.manifest().size())
                .png();
    }
}
