/** Tests of the roads to the server. */
@org.jspecify.annotations.NullMarked
package io.waybill.agent.control;
