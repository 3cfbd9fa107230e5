package io.viewal.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** The operator's own settings; environment variables {@code VIEWAL_…} set them. */
@ConfigMapping(prefix = "viewal")
public interface OperatorSettings {

    /**
     * Holds a folder for each Secret that round classes name, with the files {@code accessKey}, {@code secretKey} and
     * perhaps {@code sessionToken}.
     */
    @WithDefault("/etc/viewal/credentials")
    Path credentialsDir();

    /** Holds a folder for each ConfigMap that round classes name, with the file {@code ca.crt}. */
    @WithDefault("/etc/viewal/authorities")
    Path authoritiesDir();

    /** Leader election; without it two operators would both work. */
    LeaderElection leaderElection();

    /** See {@link OperatorSettings#leaderElection()}. */
    interface LeaderElection {

        /** Name of the Lease; empty: no election, for development. */
        Optional<String> leaseName();

        /** Namespace of the Lease; empty: the operator's own. */
        Optional<String> namespace();

        /** Who this operator is; the pod's name, so that a restarted container need not wait for its own Lease. */
        Optional<String> identity();
    }
}
