package io.viewal.worker.stage;

/** The round's LABEL stage waits for people; it goes on once they have answered, when it is started again. */
public final class AwaitingAnswersException extends RuntimeException {

    private final int answered;
    private final int regions;

    AwaitingAnswersException(String round, int answered, int regions) {
        super("The round '" + round + "' waits for people: " + answered + " of " + regions
                + " regions are answered; open the labeling page with 'viewal label', then start this again");
        this.answered = answered;
        this.regions = regions;
    }

    /** How many regions are answered. */
    public int answered() {
        return answered;
    }

    /** How many regions people are asked about. */
    public int regions() {
        return regions;
    }
}
