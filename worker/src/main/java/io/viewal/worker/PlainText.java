package io.viewal.worker;

import io.viewal.contract.StageFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Text that people wrote or a spreadsheet did: UTF-8, or what a byte order mark says. */
public final class PlainText {

    private static final int MARK = '\uFEFF';

    private PlainText() {}

    /**
     * Reads a file.
     *
     * @throws InvalidInputException when it does not exist or has another encoding; names the line
     */
    public static String read(Path file) throws IOException {
        // By a stream, since a file of a bucket has no channel.
        try (InputStream content = Files.newInputStream(file)) {
            return of(file.toString(), content.readAllBytes());
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(Reason.InvalidRequest, "There is no file " + file, e);
        }
    }

    /**
     * Decodes a file without its byte order mark.
     *
     * @param name of the file, for messages
     * @throws InvalidInputException when it has another encoding; names the line
     */
    public static String of(String name, byte[] content) {
        Charset charset = StandardCharsets.UTF_8;
        if (begins(content, 0xff, 0xfe) || begins(content, 0xfe, 0xff)) {
            charset = StandardCharsets.UTF_16;
        }
        ByteBuffer bytes = ByteBuffer.wrap(content);
        try {
            String text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
            return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    name + ", line " + lineOf(content) + ": it is not " + charset
                            + " (Windows-1252, perhaps): save it as UTF-8",
                    e);
        }
    }

    private static boolean begins(byte[] content, int first, int second) {
        return content.length >= 2 && (content[0] & 0xff) == first && (content[1] & 0xff) == second;
    }

    /** The first line that is no UTF-8; the last one when only the whole is none. */
    private static int lineOf(byte[] content) {
        int line = 1;
        int from = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n') {
                if (!isUtf8(content, from, i)) {
                    return line;
                }
                line++;
                from = i + 1;
            }
        }
        return line;
    }

    private static boolean isUtf8(byte[] content, int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content, from, to - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
