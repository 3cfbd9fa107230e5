package io.viewal.operator.store;

import io.minio.errors.ErrorResponseException;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.operator.condition.Reason;
import java.security.ProviderException;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Tells from a server's answer what is wrong and what to change, with the server's own sentence. */
final class Refusals {

    /** What a request for another region is answered: to sign for another one, or to ask at another address. */
    private static final Set<String> OTHER_REGION = Set.of(
            "AuthorizationHeaderMalformed",
            "PermanentRedirect",
            "TemporaryRedirect",
            "Redirect",
            "InvalidRegion",
            "IllegalLocationConstraintException");

    private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired");

    private static final Set<String> DENIED = Set.of(
            "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "InvalidClientTokenId");

    private static final int MOVED = 301;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERRORS = 500;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int MAX_SENTENCE_CHARS = 300;

    private final StoreReference store;

    Refusals(StoreReference store) {
        this.store = store;
    }

    /** The server's refusal. */
    StoreException of(ErrorResponseException e) {
        String code = e.errorResponse().code();
        int status = e.response().code();
        if (code.equals("NoSuchBucket") || (status == NOT_FOUND && code.isEmpty())) {
            return new StoreException(
                    Reason.BucketNotFound,
                    "The store at %s has no bucket '%s': make it, or name another one in the round class"
                            .formatted(store.endpoint(), store.bucket()),
                    e);
        }
        if (OTHER_REGION.contains(code) || status == MOVED) {
            return refused(
                    Reason.StoreRegionWrong,
                    e,
                    "takes no requests for region '%s'".formatted(region()),
                    "set store.region, or store.endpoint, of the round class to the bucket's");
        }
        if (EXPIRED.contains(code)) {
            return refused(Reason.StoreAccessDenied, e, "says that the credentials have expired", "renew " + keys());
        }
        if (DENIED.contains(code) || status == FORBIDDEN || status == UNAUTHORIZED) {
            return refused(
                    Reason.StoreAccessDenied,
                    e,
                    "refuses access to bucket '%s'".formatted(store.bucket()),
                    "check " + keys() + " and that its user may list the bucket, read, write and delete");
        }
        return refused(Reason.StoreUnavailable, e, "answers with status " + status, "asked again by itself");
    }

    /** A refusal of a put that is conditional, where one that is not had been taken. */
    StoreException ofCondition(StoreException e) {
        return e.getCause() instanceof ErrorResponseException said
                        && e.reason() == Reason.StoreUnavailable
                        && isAnswer(said.response().code())
                ? refused(
                        Reason.StoreNotConditional,
                        said,
                        "refuses the condition If-None-Match, without which two attempts could both commit",
                        "use a store that honours conditional puts, such as versitygw, MinIO or Amazon S3")
                : e;
    }

    private static boolean isAnswer(int status) {
        return status >= BAD_REQUEST && status < SERVER_ERRORS || status == NOT_IMPLEMENTED;
    }

    private StoreException refused(Reason reason, ErrorResponseException e, String what, String change) {
        return new StoreException(
                reason, "The store at %s %s (%s): %s".formatted(store.endpoint(), what, sentence(e), change), e);
    }

    private static String sentence(ErrorResponseException e) {
        String message = e.errorResponse().message();
        return message == null || message.isBlank()
                ? e.errorResponse().code()
                : e.errorResponse().code() + ": " + shortened(message.strip().replaceAll("[.]+$", ""));
    }

    /** Nobody gave the operator keys. */
    private StoreException noIdentity(Exception e) {
        return new StoreException(
                Reason.StoreCredentialsMissing,
                ("The round class names no credentialsSecretName, and the operator's service account has no identity for the"
                                + " store at %s (%s): give it one, or name a Secret")
                        .formatted(
                                store.endpoint(),
                                shortened(said(causes(e).reduce((a, b) -> b).orElseThrow()))),
                e);
    }

    /** A server that did not answer, or not as an S3 server does. */
    StoreException unreachable(Exception e) {
        if (causes(e).anyMatch(ProviderException.class::isInstance)) {
            return noIdentity(e);
        }
        Throwable root = causes(e).reduce((outer, inner) -> inner).orElseThrow();
        if (causes(e).anyMatch(Refusals::isOfTrust)) {
            return new StoreException(
                    Reason.StoreNotTrusted,
                    "The certificate of the store at %s is not trusted (%s): put its authority into the ConfigMap of the round class's"
                                    .formatted(store.endpoint(), shortened(said(root)))
                            + " store.caConfigMapName, or have the certificate corrected",
                    e);
        }
        return new StoreException(
                Reason.StoreUnavailable,
                "The store at %s can't be reached (%s): is the endpoint right and the server up? Asked again by itself"
                        .formatted(store.endpoint(), shortened(said(root))),
                e);
    }

    /** Of an authority that nobody vouches for, or of another server. */
    private static boolean isOfTrust(Throwable cause) {
        return cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException;
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause);
    }

    private static String said(Throwable root) {
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private String keys() {
        return store.credentialsSecretName() == null
                ? "the identity of the operator's service account"
                : "the Secret '%s'".formatted(store.credentialsSecretName());
    }

    private String region() {
        return store.region() == null ? "" : store.region();
    }

    private static String shortened(String sentence) {
        return sentence.length() <= MAX_SENTENCE_CHARS ? sentence : sentence.substring(0, MAX_SENTENCE_CHARS) + "…";
    }
}
