package io.viewal.worker.model.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Tells by a file's first bytes what it is: of the weights that are read, and of what is often fetched in their place. */
enum FileStart {
    ZIP,
    PICKLE,
    OTHER,
    EMPTY("it is empty; fetch it again"),
    LFS_POINTER("a Git LFS pointer, which only names the file; fetch the file itself with 'git lfs pull'"),
    WEB_PAGE("a web page, not weights; download the file that the page is about"),
    GZIP("compressed with gzip; unpack it with gunzip"),
    TAR("a tar archive; unpack it and take the weights inside"),
    HDF5("an HDF5 file, as Keras writes them; export the weights as safetensors with PyTorch's names"),
    NUMPY("an array of NumPy; save the state dict as safetensors");

    private static final int LENGTH = 512;
    private static final int TAR_MAGIC = 257;

    private final Optional<String> problem;

    FileStart() {
        problem = Optional.empty();
    }

    FileStart(String problem) {
        this.problem = Optional.of(problem);
    }

    /** What is wrong with such a file, and what to do; empty for one that may be read. */
    Optional<String> problem() {
        return problem;
    }

    static FileStart of(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(LENGTH);
        }
        if (start.length == 0) {
            return EMPTY;
        }
        String hex = HexFormat.of().formatHex(start);
        String text = new String(start, StandardCharsets.ISO_8859_1);
        String page = text.strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("PK")) {
            return ZIP;
        } else if (hex.startsWith("1f8b")) {
            return GZIP;
        } else if (hex.startsWith("89484446")) {
            return HDF5;
        } else if (hex.startsWith("934e554d5059")) {
            return NUMPY;
        } else if (text.startsWith("version https://git-lfs")) {
            return LFS_POINTER;
        } else if (page.startsWith("<!doctype") || page.startsWith("<html") || page.startsWith("<?xml")) {
            return WEB_PAGE;
        } else if (text.startsWith("ustar", TAR_MAGIC)) {
            return TAR;
        }
        return pickle(hex) ? PICKLE : OTHER;
    }

    /** The opcode PROTO and a protocol, and no zeros where the length that safetensors begin with has them. */
    private static boolean pickle(String hex) {
        return hex.startsWith("80") && !hex.startsWith("00000000", 8);
    }
}
