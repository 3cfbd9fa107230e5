package io.viewal.worker.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.viewal.contract.ContractJson;
import io.viewal.contract.Owner;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StoreKeys;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.reclaim.Garbage;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Deletes what nobody uses. */
@Command(
        name = "gc",
        description =
                "Delete what nobody uses: results that no round and no data set refers to, what failed attempts left, and"
                        + " scenes that no data set names.")
final class StoreGcCommand implements Callable<Integer> {

    @Mixin
    private StoreOption store;

    @Option(
            names = "--prefix",
            defaultValue = "",
            description = "Of the store, as the round class has it (default: none).")
    private String prefix;

    @Option(names = "--namespace", description = "Of the rounds; may be repeated (default: all that the store has).")
    private List<String> namespaces;

    @Option(
            names = "--live",
            paramLabel = "FILE",
            description = "What 'kubectl get alr,mvd,ale -o json' prints: references of what is not in it don't"
                    + " count. Asks for one --namespace (default: all references count).")
    private Path live;

    @Option(
            names = "--grace-hours",
            defaultValue = "24",
            description = "Leave alone what was changed in so many hours (default: ${DEFAULT-VALUE}).")
    private int graceHours;

    @Option(names = "--dry-run", description = "Say what would be deleted, and delete nothing.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (live != null && (namespaces == null || namespaces.size() != 1)) {
            throw new InvalidInputException(
                    Reason.InvalidRequest, "--live tells of one namespace: give its name with --namespace");
        }
        Predicate<Owner> counts = live == null ? owner -> true : liveOwners(live);
        try (ObjectStore objects = store.open()) {
            for (String namespace : namespaces == null ? objects.folders(prefix) : namespaces) {
                collect(objects, namespace, counts);
            }
        }
        return 0;
    }

    private void collect(ObjectStore objects, String namespace, Predicate<Owner> counts) {
        PrintWriter out = spec.commandLine().getOut();
        Instant before = Instant.now().minus(Duration.ofHours(graceHours));
        Garbage garbage = new Garbage(objects, StoreKeys.join(prefix, namespace), counts, before);
        int count = 0;
        long bytes = 0;
        for (Garbage.Heap heap : garbage.find()) {
            if (!dryRun && !garbage.delete(heap)) {
                out.printf("%s is used now, and left alone%n", store.where(heap.key()));
                continue;
            }
            out.printf(
                    "%8.1f MB in %4d objects of %s%n",
                    heap.bytes() / 1e6, heap.objects().size(), store.where(heap.key()));
            count += heap.objects().size();
            bytes += heap.bytes();
        }
        out.printf(
                "%s: %d objects, %.1f MB, %s%n",
                namespace, count, bytes / 1e6, dryRun ? "would be deleted" : "deleted");
        out.flush();
    }

    /** The owners of a list of resources, by uid. */
    private static Predicate<Owner> liveOwners(Path file) throws IOException {
        JsonNode list = ContractJson.mapper().readTree(Files.readAllBytes(file));
        if (!list.path("items").isArray()) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "'" + file
                            + "' is no list of resources: write it with 'kubectl get alr,mvd,ale -n NAMESPACE -o json'");
        }
        Set<String> uids = new HashSet<>();
        list.path("items").forEach(item -> uids.add(item.at("/metadata/uid").asText()));
        return owner -> uids.contains(owner.uid());
    }
}
