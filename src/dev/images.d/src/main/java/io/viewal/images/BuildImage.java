package io.viewal.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * {@code BuildImage IMAGE REFERENCE TARGET CACHE LAYER...}: builds the image, with the given folders as its layers, into an
 * archive ({@code tar:FILE}) or a registry ({@code registry} or {@code insecure-registry}, which may speak plain HTTP), and
 * prints its digest. Credentials come from Docker's configuration and its helpers.
 */
public final class BuildImage {

    private BuildImage() {}

    /** Runs the command. */
    public static void main(String[] arguments) throws Exception {
        String image = arguments[0];
        ImageReference reference = ImageReference.parse(arguments[1]);
        String target = arguments[2];
        Path cache = Path.of(arguments[3]);
        List<Path> layers = Arrays.stream(arguments).skip(4).map(Path::of).toList();
        ImageBuilder builder = new ImageBuilder(ImageDescription.of(image), reference.getQualifier(), layers, cache);
        if (target.startsWith("tar:")) {
            archive(builder, reference, Path.of(target.substring("tar:".length())));
        } else {
            System.out.println(builder.build(registry(reference, target.equals("insecure-registry"))));
        }
    }

    /** The archive appears whole or not at all. */
    private static void archive(ImageBuilder builder, ImageReference reference, Path file) throws Exception {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        String digest = builder.build(
                Containerizer.to(TarImage.at(unfinished).named(reference)).setOfflineMode(true));
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        System.out.println(digest);
    }

    private static Containerizer registry(ImageReference reference, boolean insecure)
            throws InvalidImageReferenceException, FileNotFoundException {
        RegistryImage image = RegistryImage.named(reference)
                .addCredentialRetriever(CredentialRetrieverFactory.forImage(reference, event -> {})
                        .dockerConfig());
        return Containerizer.to(image).setAllowInsecureRegistries(insecure);
    }
}
