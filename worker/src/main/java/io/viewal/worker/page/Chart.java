package io.viewal.worker.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/**
 * A picture of numbers as SVG. It is drawn in the colours of the page that it stands in, light or dark, and its text is the
 * browser's to set, so that no font is needed to make it and every machine makes the same bytes. Libraries of charts draw by
 * the fonts of the machine.
 *
 * @param name of its file, without an ending
 * @param title what it shows
 * @param svg the element, with its viewBox and without a namespace
 */
public record Chart(String name, String title, String svg) {

    private static final Pattern VIEW_BOX = Pattern.compile("viewBox=\"0 0 (\\d+) (\\d+)\"");

    /** The element that a page has of it. */
    public String figure() {
        String sized = VIEW_BOX.matcher(svg).replaceFirst("$0 style=\"max-width: $1px\"");
        return "<figure class=\"curve\"><figcaption>" + PageHtml.escaped(title) + "</figcaption>" + sized
                + "</figure>\n";
    }

    /** The picture as a file of its own, with the colours in it. */
    public byte[] file() {
        String head = VIEW_BOX.matcher(svg)
                .replaceFirst("xmlns=\"http://www.w3.org/2000/svg\" width=\"$1\" height=\"$2\" viewBox=\"0 0 $1 $2\"");
        int end = head.indexOf('>') + 1;
        String style = "<style>" + PageStyle.COLORS + PageStyle.CHARTS
                + "svg { background: var(--paper); font-family: system-ui, sans-serif; }\n</style>";
        return (head.substring(0, end) + style + head.substring(end) + "\n").getBytes(UTF_8);
    }
}
