package io.viewal.operator.condition;

import io.viewal.contract.StageFailure;

/** Reasons of conditions and events, by the names that users read. */
@SuppressWarnings("MemberName") // Kubernetes wants CamelCase.
public enum Reason {
    // How work goes.
    Pending,
    StageLaunched,
    PodStarting,
    WaitingForResources,
    SharedStageRunning,
    ImagePullFailing,
    PodSetupFailing,
    PodSetupSlow,
    PodRejected,
    QuotaExceeded,
    NodeLost,
    Evicted,
    ClassChanged,
    Running,
    Retrying,
    Disrupted,
    Suspended,
    StageComplete,
    RandomWeights,
    ResultsLeft,
    RoundsUnderway,
    Complete,

    // What must be there first.
    ClassNotFound,
    NoDefaultClass,
    SeveralDefaultClasses,
    DatasetNotFound,
    DatasetNotReady,
    DatasetFailed,
    PreviousRoundNotFound,
    PreviousRoundNotReady,
    PreviousRoundFailed,
    PreviousRoundCircular,
    PreviousRoundOfOtherDataset,
    PreviousRoundLeftNoModel,
    PreviousRoundLeftNoLabels,
    PretrainedNotFound,
    DatasetChanged,
    RoundNameTaken,
    RoundRejected,
    RoundStalled,
    StoresDiffer,
    NamespaceNotAllowed,
    ResourcesAboveLimit,
    ImageNotAllowed,
    KeyNotAllowed,
    StoreCredentialsMissing,
    BucketNotFound,
    StoreAccessDenied,
    StoreRegionWrong,
    StoreNotTrusted,
    StoreUnavailable,
    StoreNotConditional,

    // Why a stage was given up.
    InvalidRequest,
    WorkerTooOld,
    InvalidDataset,
    InvalidLabels,
    InvalidWeights,
    InvalidScores,
    BudgetExceedsUnlabeled,
    TrainingDiverged,
    CorruptArtifact,
    InternalError,
    OutOfMemory,
    DiskLimitExceeded,
    WorkerSilent,
    DeadlineExceeded,
    WorkerFailed,
    ResultMissing,
    DisruptedTooOften,
    JobRejected,
    RoundsFailed,
    TooManyRoundsFailed,
    ReportFailed;

    /** The reason of the same name. */
    public static Reason of(StageFailure.Reason reason) {
        return valueOf(reason.name());
    }
}
