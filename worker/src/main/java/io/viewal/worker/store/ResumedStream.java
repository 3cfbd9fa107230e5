package io.viewal.worker.store;

import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.MinioClient;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.viewal.contract.StoreKeys;
import java.io.IOException;
import java.io.InputStream;

/**
 * An object's content. A connection that breaks off is made anew, and the object read on from there, as long as it is the
 * same object.
 */
final class ResumedStream extends InputStream {

    private static final int PRECONDITION_FAILED = 412;

    private final MinioClient client;
    private final S3Calls calls;
    private final String bucket;
    private final String key;
    private final String etag;

    /** Bytes of the whole object; -1: the server did not say. */
    private final long length;

    private GetObjectResponse content;
    private long position;

    private ResumedStream(MinioClient client, S3Calls calls, String bucket, String key, GetObjectResponse content) {
        this.client = client;
        this.calls = calls;
        this.bucket = bucket;
        this.key = key;
        this.content = content;
        this.etag = content.headers().get("ETag");
        String said = content.headers().get("Content-Length");
        this.length = said == null ? -1 : Long.parseLong(said);
    }

    /** Opens an object at its start. */
    static ResumedStream open(MinioClient client, S3Calls calls, String bucket, String key) throws MinioException {
        return new ResumedStream(
                client, calls, bucket, key, client.getObject(object(bucket, key).build()));
    }

    private static GetObjectArgs.Builder object(String bucket, String key) {
        return GetObjectArgs.builder().bucket(bucket).object(StoreKeys.requireSafe(key));
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int count) {
        int read;
        try {
            read = position == length ? -1 : content.read(into, from, count);
        } catch (IOException e) {
            read = calls.call(key, () -> {
                resume();
                return content.read(into, from, count);
            });
        }
        position += Math.max(read, 0);
        return read;
    }

    private void resume() throws MinioException {
        GetObjectArgs.Builder rest = object(bucket, key).offset(position);
        if (etag != null) {
            rest.matchETag(etag.replace("\"", ""));
        }
        try {
            content = client.getObject(rest.build());
        } catch (ErrorResponseException e) {
            if (e.response().code() == PRECONDITION_FAILED) {
                throw new StoreUnavailableException("The object '" + key + "' was replaced while it was read", e);
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
