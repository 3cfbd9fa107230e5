/**
 * The pages of rounds and data sets: pictures, curves, tables and point clouds, each in one HTML file that needs nothing
 * else. Imports the data set's records and the artifact formats.
 */
package io.viewal.worker.page;
