package io.viewal.worker.cli;

import io.viewal.contract.Backbone;
import io.viewal.worker.model.BackboneWeights;
import io.viewal.worker.model.PretrainedReport;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Weights of others as a file of a backbone. */
@Command(
        name = "weights",
        description = "Turn pretrained weights, whoever named their tensors, into a .safetensors of a backbone for "
                + "training.pretrained, or say what does not fit.")
final class WeightsCommand implements Callable<Integer> {

    @Option(names = "--file", required = true, paramLabel = "FILE", description = "A .pth or .safetensors.")
    private Path file;

    @Option(names = "--backbone", required = true, description = "Whose weights: ${COMPLETION-CANDIDATES}.")
    private Backbone backbone;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The .safetensors to write.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(out)) {
            throw new FileAlreadyExistsException(out.toString());
        }
        Path unfinished = out.resolveSibling(out.getFileName() + ".unfinished");
        PretrainedReport report = BackboneWeights.convert(file, backbone, unfinished);
        Files.move(unfinished, out);
        spec.commandLine().getOut().println(backbone + " from '" + file + "': " + report);
        return 0;
    }
}
