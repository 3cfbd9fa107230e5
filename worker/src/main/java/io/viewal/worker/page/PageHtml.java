package io.viewal.worker.page;

import io.viewal.worker.artifact.HistoryCsv;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.dataset.ClassColors;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Region;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Writes the page; equal content gives equal bytes. */
public final class PageHtml {

    /** Characters that fit a figure's card in one line. */
    private static final int LONG_FIGURE = 12;

    private static final int TABLE_ROWS = 50;
    private static final int OUTLINE = 0x00e5ff;

    private final Content content;
    private final StringBuilder html = new StringBuilder();

    /**
     * What the page says.
     *
     * @param title which round it is
     * @param figures label and value, in the order to show
     * @param history of the training
     * @param confusions pixels [truth, prediction] by the name of the split, in the order to show
     * @param frames the chosen frames to show
     * @param selection all chosen regions
     */
    public record Content(
            String title,
            String strategy,
            Map<String, String> figures,
            List<String> classes,
            ImageSize size,
            List<HistoryCsv.Row> history,
            Map<String, long[][]> confusions,
            List<PageFrame> frames,
            List<SelectionCsv.Row> selection) {}

    private PageHtml(Content content) {
        this.content = content;
    }

    /** The file's content. */
    public static byte[] write(Content content) {
        return new PageHtml(content).page().getBytes(StandardCharsets.UTF_8);
    }

    private String page() {
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
                .append(escaped(content.title()))
                .append("</title><style>\n")
                .append(PageStyle.PAGE)
                .append("</style></head><body>\n");
        header();
        curves();
        frames();
        table();
        html.append("</body></html>\n");
        return html.toString();
    }

    private void header() {
        html.append("<header><h1>")
                .append(escaped(content.title()))
                .append("</h1><p>Active learning round, strategy <b>")
                .append(escaped(content.strategy()))
                .append("</b></p></header>\n<section class=\"figures\">");
        content.figures()
                .forEach((label, value) -> html.append(value.length() > LONG_FIGURE ? "<div class=\"wide\">" : "<div>")
                        .append("<span>")
                        .append(escaped(label))
                        .append("</span><b>")
                        .append(escaped(value))
                        .append("</b></div>"));
        html.append("</section>\n");
    }

    private void curves() {
        html.append("<section><h2>Training</h2><div class=\"curves\">")
                .append(curve("loss", "Training loss", HistoryCsv.Row::loss))
                .append(curve("mIoU", "Validation mIoU", HistoryCsv.Row::validationMeanIoU))
                .append("</div>");
        if (!content.confusions().isEmpty()) {
            html.append("<h2>What is taken for what</h2><div class=\"curves\">");
            content.confusions()
                    .forEach((split, pixels) -> html.append(ConfusionPicture.svg(split, content.classes(), pixels)));
            html.append("</div>");
        }
        html.append("</section>\n");
    }

    /** A figure of the training's epochs; nothing where no epoch has it. */
    private String curve(String name, String title, ToDoubleFunction<HistoryCsv.Row> value) {
        List<LineChart.Point> points = content.history().stream()
                .map(row -> new LineChart.Point(row.epoch(), value.applyAsDouble(row)))
                .toList();
        LineChart.Series series = new LineChart.Series("", new SeriesStyle(0), points);
        return points.stream().allMatch(point -> Double.isNaN(point.y()))
                ? ""
                : new LineChart("epoch", title, LineChart.Size.MEDIUM)
                        .draw(name, title, List.of(series), List.of(), 0)
                        .figure();
    }

    private void frames() {
        double entropy =
                HeatMap.scale(content.frames().stream().map(PageFrame::entropy).toList());
        double divergence = HeatMap.scale(
                content.frames().stream().map(PageFrame::divergence).toList());
        html.append("<section><h2>Where the views disagree</h2><p>The frames with the most chosen pixels. ")
                .append("<b>View entropy</b> is how uncertain all views of a surface are together; <b>view"
                        + " divergence</b> ")
                .append("is how much this view differs from the others. Chosen regions are outlined; labels "
                        + "carried over from other views are paler.</p>");
        scale("View entropy", entropy);
        scale("View divergence", divergence);
        legend();
        for (PageFrame frame : content.frames()) {
            frame(frame, entropy, divergence);
        }
        html.append("</section>\n");
    }

    private void scale(String name, double most) {
        StringBuilder stops = new StringBuilder();
        for (int i = 0; i <= 9; i++) {
            stops.append(i == 0 ? "" : ", ").append(ColorMap.css(ColorMap.heat(i / 9.0)));
        }
        html.append(String.format(
                Locale.ROOT,
                "<div class=\"scale\"><span>%s</span><span>0</span><i style=\"background: linear-gradient(90deg,"
                        + " %s)\"></i><span>%.2f bits and more</span></div>",
                name,
                stops,
                most));
    }

    private void legend() {
        html.append("<div class=\"legend\">");
        for (int id = 0; id < content.classes().size(); id++) {
            html.append("<span><i style=\"background:")
                    .append(ColorMap.css(ClassColors.of(id)))
                    .append("\"></i>")
                    .append(escaped(content.classes().get(id)))
                    .append("</span>");
        }
        html.append("</div>");
    }

    private void frame(PageFrame frame, double entropy, double divergence) {
        ImageSize size = content.size();
        Picture photo = Picture.photo(frame.rgb(), size);
        html.append("<article><h3>")
                .append(escaped(frame.scene()))
                .append(" / ")
                .append(escaped(frame.name()))
                .append("</h3><p>")
                .append(frame.regions().size())
                .append(frame.regions().size() == 1 ? " region chosen" : " regions chosen")
                .append("</p><div class=\"pictures\">");
        picture("Input", photo);
        picture("Prediction", Picture.classes(frame.prediction(), size));
        picture("View entropy", Picture.heat(frame.entropy(), entropy, size));
        picture("View divergence", Picture.heat(frame.divergence(), divergence, size));
        picture("Chosen", photo.outlined(chosen(frame), OUTLINE));
        picture("Labels after the round", Picture.labels(frame.labels(), frame.propagated(), frame.rgb(), size));
        html.append("</div></article>\n");
    }

    /** The number of each pixel's chosen region, 0 for none. */
    private int[] chosen(PageFrame frame) {
        int[] numbers = new int[content.size().pixels()];
        for (int i = 0; i < frame.regions().size(); i++) {
            int number = i + 1;
            frame.regions().get(i).region().pixels(frame.superpixels(), content.size()).stream()
                    .forEach(pixel -> numbers[pixel] = number);
        }
        return numbers;
    }

    private void picture(String caption, Picture picture) {
        html.append("<figure><img alt=\"")
                .append(caption)
                .append("\" src=\"")
                .append(picture.dataUri())
                .append("\"><figcaption>")
                .append(caption)
                .append("</figcaption></figure>");
    }

    private void table() {
        html.append("<section><h2>What was chosen, and"
                        + " why</h2><table><thead><tr><th>Rank</th><th>Scene</th><th>Frame</th>")
                .append("<th>Region</th><th>Pixels</th><th>Score</th><th>Divergence</th></tr></thead><tbody>");
        for (SelectionCsv.Row row : content.selection()
                .subList(0, Math.min(TABLE_ROWS, content.selection().size()))) {
            html.append(String.format(
                    Locale.ROOT,
                    "<tr><td>%d</td><td>%s</td><td>%s</td><td>%s</td><td>%d</td><td>%.4f</td><td>%s</td></tr>",
                    row.rank(),
                    escaped(row.scene()),
                    escaped(row.frame()),
                    row.region().equals(Region.WHOLE_FRAME) ? "whole frame" : row.region(),
                    row.pixels(),
                    row.score(),
                    Double.isNaN(row.divergence()) ? "" : String.format(Locale.ROOT, "%.4f", row.divergence())));
        }
        html.append("</tbody></table>");
        if (content.selection().size() > TABLE_ROWS) {
            html.append("<p>The first ")
                    .append(TABLE_ROWS)
                    .append(" of ")
                    .append(content.selection().size())
                    .append(" regions; selection.csv has all.</p>");
        }
        html.append("</section>");
    }

    /** Text as it stands in HTML and SVG. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
