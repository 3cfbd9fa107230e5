package io.viewal.worker.stage;

import io.viewal.contract.ContractJson;
import io.viewal.contract.LabelParameters;
import io.viewal.worker.answer.Annotators;
import io.viewal.worker.answer.Answer;
import io.viewal.worker.answer.AnswerLog;
import io.viewal.worker.answer.Answers;
import io.viewal.worker.answer.Asked;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.oracle.Oracle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;

/**
 * A selection as people have answered it. Answers to another image than the data set's count for nothing; their regions go
 * back to the pool as those that nobody answered.
 *
 * @param answered in the order of choice
 * @param open that nobody answered, in the order of choice
 */
record AnsweredSelection(Asked asked, Answers answers, List<SelectionCsv.Row> answered, List<SelectionCsv.Row> open) {

    private static final Logger LOG = Logger.getLogger(AnsweredSelection.class.getName());

    /**
     * Reads the answers.
     *
     * @throws AwaitingAnswersException when there are not enough yet
     */
    static AnsweredSelection read(StageContext context, PreparedDataset dataset, List<SelectionCsv.Row> selection)
            throws IOException {
        Asked asked = Asked.of(dataset.manifest(), selection);
        AnswerLog log = log(context, asked);
        Answers answers = Answers.of(asked, dataset.manifest(), log.read());
        answers.notes().forEach(LOG::warning);
        LabelParameters parameters = context.parameters(LabelParameters.class);
        if (!parameters.enough(
                answers.answered(), selection.size(), answers.effort().clicks(), context.now())) {
            throw new AwaitingAnswersException(context.request().owner().name(), answers.answered(), selection.size());
        }
        Images images = new Images(dataset, new HashMap<>());
        List<SelectionCsv.Row> answered = new ArrayList<>();
        List<SelectionCsv.Row> open = new ArrayList<>();
        for (Map.Entry<String, SelectionCsv.Row> region : asked.regions().entrySet()) {
            Optional<Answer> answer = answers.of(region.getKey());
            boolean usable = answer.isPresent() && images.shown(answer.get(), region.getValue());
            (usable ? answered : open).add(region.getValue());
        }
        return new AnsweredSelection(asked, answers, answered, open);
    }

    /** The digests of the frames that people were shown. */
    private record Images(PreparedDataset dataset, Map<FrameKey, String> digests) {

        boolean shown(Answer answer, SelectionCsv.Row row) throws IOException {
            FrameKey key = new FrameKey(row.scene(), row.frame());
            if (!digests.containsKey(key)) {
                PreparedScene scene = dataset.scene(row.scene());
                digests.put(key, ContractJson.sha256(scene.color(SceneFrames.index(scene, row.frame()))));
            }
            boolean same = digests.get(key).equals(answer.target().imageDigest());
            if (!same) {
                LOG.warning(
                        "The answer " + answer.id() + " of " + answer.annotator() + " is to another image than frame '"
                                + row.frame() + "' of scene '" + row.scene() + "': it counts for nothing");
            }
            return same;
        }
    }

    /** The log of the answers to a selection. */
    static AnswerLog log(StageContext context, Asked asked) {
        return new AnswerLog(context.store(), context.request().layout().answersPrefix(asked.digest()));
    }

    Oracle oracle(List<String> classes) {
        return new Annotators(asked, answers, classes);
    }

    /** Notes in the label set where the labels of a round are from. */
    void note(LabelSet labels, int round) {
        Set<SelectionCsv.Row> known = Set.copyOf(answered);
        asked.regions().forEach((digest, row) -> {
            if (known.contains(row)) {
                answers.provenance(digest, round).ifPresent(labels::note);
            }
        });
    }
}
