package io.viewal.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds an image of folders, each of which is the root of a layer, the most stable first: a layer that changes is unpacked
 * anew together with all that follow it. Equal folders give equal bytes: owners, times and order are fixed, and of the
 * permissions only the right to execute is kept.
 *
 * @param layers folders that exist, bottom first
 * @param cache folder where Jib keeps compressed layers between runs
 */
record ImageBuilder(ImageDescription description, String version, List<Path> layers, Path cache) {

    private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");
    private static final FilePermissions SCRATCH = FilePermissions.fromOctalString("777");
    private static final Set<String> SCRATCH_FOLDERS = Set.of("/tmp", "/scratch");

    /**
     * Builds the image and hands it to the target.
     *
     * @return digest of the manifest, {@code sha256:…}
     */
    String build(Containerizer target)
            throws IOException, InterruptedException, ExecutionException, RegistryException,
                    CacheDirectoryCreationException {
        JibContainerBuilder image = Jib.fromScratch()
                .setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(new Platform("amd64", "linux")))
                .setCreationTime(Instant.EPOCH)
                .setUser(ImageDescription.USER)
                .setEntrypoint(ImageDescription.ENTRYPOINT)
                .setEnvironment(description.environment())
                .setExposedPorts(description.ports().stream().map(Port::tcp).collect(Collectors.toSet()))
                .setLabels(description.labels(version));
        for (Path folder : layers) {
            image.addFileEntriesLayer(layer(folder));
        }
        return image.containerize(target.setBaseImageLayersCache(cache)
                        .setApplicationLayersCache(cache)
                        .setToolName("viewal"))
                .getDigest()
                .toString();
    }

    private static FileEntriesLayer layer(Path folder) throws IOException {
        FileEntriesLayer.Builder layer =
                FileEntriesLayer.builder().setName(folder.getFileName().toString());
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted().skip(1).toList()) {
                AbsoluteUnixPath inImage =
                        AbsoluteUnixPath.fromPath(Path.of("/").resolve(folder.relativize(path)));
                layer.addEntry(path, inImage, permissions(path, inImage.toString()));
            }
        }
        return layer.build();
    }

    private static FilePermissions permissions(Path path, String inImage) {
        if (SCRATCH_FOLDERS.contains(inImage)) {
            return SCRATCH;
        }
        return Files.isExecutable(path) ? PROGRAM : FILE;
    }
}
