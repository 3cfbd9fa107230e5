package io.viewal.worker.store;

import io.viewal.contract.ContractJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;

/** SHA-256 of files. */
public final class Sha256 {

    private Sha256() {}

    /** Lower-case hexadecimal SHA-256 of a file's content. */
    public static String of(Path file) throws IOException {
        try (DigestInputStream in = digesting(Files.newInputStream(file))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    /** The same stream, which keeps the digest of what is read from it. */
    static DigestInputStream digesting(InputStream in) {
        return new DigestInputStream(in, ContractJson.sha256());
    }
}
