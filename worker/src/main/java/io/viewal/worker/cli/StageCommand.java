package io.viewal.worker.cli;

import io.viewal.contract.ContractJson;
import io.viewal.contract.ExitCode;
import io.viewal.contract.NewerRequestException;
import io.viewal.contract.StageFailure;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StageProgress;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.contract.WorkerEnv;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.stage.StageRunner;
import io.viewal.worker.stage.StoppedException;
import io.viewal.worker.store.ObjectStore;
import io.viewal.worker.store.Patience;
import io.viewal.worker.store.StoreUnavailableException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What a pod runs: one shard of the stage that the mounted request asks for. */
@Command(name = "stage", description = "Run the stage of the request file that $VIEWAL_REQUEST_FILE names (in a pod).")
final class StageCommand implements Callable<Integer> {

    private final Map<String, String> environment = System.getenv();

    @Override
    public Integer call() throws IOException {
        StopSignal stop = StopSignal.install();
        try {
            run(stop);
            return ExitCode.OK;
        } catch (StoppedException e) {
            System.err.println(e.getMessage());
            return ExitCode.TERMINATED;
        } catch (RuntimeException | IOException e) {
            StageFailure failure = failure(e);
            explain(failure);
            if (failure.reason() == Reason.InternalError) {
                throw e;
            }
            System.err.println(failure.reason() + ": " + failure.message());
            return failure.reason().exitCode();
        } finally {
            stop.finish();
        }
    }

    private void run(StopSignal stop) throws IOException {
        StageRequest request = request();
        int shard = Integer.parseInt(environment.getOrDefault(WorkerEnv.SHARD, "0"));
        long started = ManagementFactory.getRuntimeMXBean().getUptime();
        System.out.printf(
                "%s of %s/%s, attempt %d, shard %d of %d, ready after %d ms%n",
                request.stage().title(),
                request.owner().namespace(),
                request.owner().name(),
                request.attempt(),
                shard,
                request.shards(),
                started);
        String credentials = environment.get(WorkerEnv.CREDENTIALS_DIR);
        Path scratch = Path.of(environment.getOrDefault(WorkerEnv.SCRATCH_DIR, System.getProperty("java.io.tmpdir")));
        Path folder = credentials == null ? null : Path.of(credentials);
        try (ObjectStore store = ObjectStore.open(request.store(), folder, Patience.LONG)) {
            StageResult result = new StageRunner(store, scratch, new LogProgress()::progress, stop, Clock.systemUTC())
                    .run(request, shard);
            System.out.println(
                    "Committed " + result.artifacts().keySet() + " " + result.metrics() + " " + result.facts());
        }
    }

    private StageRequest request() throws IOException {
        String file = environment.get(WorkerEnv.REQUEST_FILE);
        if (file == null) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "The environment variable " + WorkerEnv.REQUEST_FILE + " is not set: the operator sets it in pods; "
                            + "without a cluster use 'viewal run'");
        }
        try {
            // The digest that the operator knows the result by, be it of another release.
            return ContractJson.readRequest(Files.readAllBytes(Path.of(file)))
                    .pinnedTo(environment.get(WorkerEnv.REQUEST_DIGEST));
        } catch (NewerRequestException e) {
            throw new InvalidInputException(Reason.WorkerTooOld, e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(Reason.InvalidRequest, "The request " + file + ": " + e.getMessage(), e);
        }
    }

    private static StageFailure failure(Exception e) {
        return switch (e) {
            case InvalidInputException invalid -> new StageFailure(invalid.reason(), invalid.getMessage());
            case StoreUnavailableException unavailable ->
                new StageFailure(Reason.StoreUnavailable, unavailable.getMessage());
            default -> new StageFailure(Reason.InternalError, e.toString());
        };
    }

    /** Leaves the reason where the kubelet, and through it the operator, finds it. */
    private void explain(StageFailure failure) throws IOException {
        String log = environment.get(WorkerEnv.TERMINATION_LOG);
        if (log != null) {
            Files.write(Path.of(log), ContractJson.toBytes(failure));
        }
    }

    /** Progress as log lines, one whenever the message changes or a tenth is done. */
    private static final class LogProgress {

        private String last = "";
        private long tenth = -1;

        void progress(io.viewal.contract.Stage stage, StageProgress progress) {
            long now = progress.total() == 0 ? 0 : 10 * progress.done() / progress.total();
            String prefix = progress.message().replaceAll(", loss.*", "");
            if (now != tenth || !prefix.equals(last)) {
                tenth = now;
                last = prefix;
                System.out.printf(
                        "%s: %d of %d %s, %s%n",
                        stage.title(), progress.done(), progress.total(), progress.unit(), progress.message());
            }
        }
    }
}
