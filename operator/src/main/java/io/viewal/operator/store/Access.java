package io.viewal.operator.store;

import io.minio.Http;
import io.minio.credentials.AwsEnvironmentProvider;
import io.minio.credentials.ChainedProvider;
import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import io.minio.errors.MinioException;
import io.viewal.operator.condition.Reason;
import java.nio.file.Path;
import okhttp3.OkHttpClient;

/**
 * How a store is reached at the moment; equal while neither keys nor authorities have changed.
 *
 * @param keys null: the identity of the operator's service account
 * @param authorities file of certificate authorities to trust beside the platform's; null: none
 * @param pem what that file holds; null: there is none
 */
record Access(Credentials keys, Path authorities, String pem) {

    Provider provider(OkHttpClient http) {
        return keys == null
                ? new ChainedProvider(new AwsEnvironmentProvider(), new IamAwsProvider(null, http))
                : new StaticProvider(keys.accessKey(), keys.secretKey(), keys.sessionToken());
    }

    /** @throws StoreException when the authorities can't be read */
    OkHttpClient trusting(OkHttpClient http) {
        if (authorities == null) {
            return http;
        }
        try {
            return Http.enableExternalCertificates(http, authorities.toString(), null);
        } catch (MinioException e) {
            throw new StoreException(
                    Reason.StoreNotTrusted,
                    "The file %s holds no certificates (%s): correct the ConfigMap that store.caConfigMapName names"
                            .formatted(authorities, e.getMessage()),
                    e);
        }
    }
}
