/**
 * The round's page: pictures, curves and tables in one HTML file that needs nothing else. Imports the data set's records
 * and the artifact formats.
 */
package io.viewal.worker.page;
