/** Tests of what the configuration file may say. */
@org.jspecify.annotations.NullMarked
package io.waybill.agent.config;
