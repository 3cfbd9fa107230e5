package io.viewal.worker.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheets of the pages. */
public final class PageStyle {

    /** The colours by name, light and dark. */
    static final String COLORS = resource("colors.css");

    /** Of charts, in pages and in files of their own. */
    static final String CHARTS = resource("charts.css");

    /** Of every page. */
    public static final String PAGE = COLORS + resource("page.css") + CHARTS;

    private PageStyle() {}

    /** A file beside this class. */
    static String resource(String name) {
        try (InputStream in = PageStyle.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
