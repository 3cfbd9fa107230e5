package io.viewal.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.OptBoolean;

/** What a stage is to do, as the user declared it; one record a stage. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "stage", requireTypeIdForSubtypes = OptBoolean.FALSE)
@JsonSubTypes({
    @JsonSubTypes.Type(value = PrepareParameters.class, name = "PREPARE"),
    @JsonSubTypes.Type(value = TrainParameters.class, name = "TRAIN"),
    @JsonSubTypes.Type(value = ScoreParameters.class, name = "SCORE"),
    @JsonSubTypes.Type(value = SelectParameters.class, name = "SELECT"),
    @JsonSubTypes.Type(value = LabelParameters.class, name = "LABEL"),
    @JsonSubTypes.Type(value = ReportParameters.class, name = "REPORT")
})
public sealed interface StageParameters
        permits PrepareParameters,
                TrainParameters,
                ScoreParameters,
                SelectParameters,
                LabelParameters,
                ReportParameters {

    /** The stage that these parameters are for. */
    @JsonIgnore
    Stage stage();

    /** The same without what does not determine the outcome, or does so by what the request has beside it. */
    default StageParameters determining() {
        return this;
    }

    /** False when something of another place determines the outcome, whose content nobody knows before it is read. */
    default boolean selfContained() {
        return true;
    }
}
