// @apollo/gateway sends measurements to its makers unless this is set before it is loaded. Import this file first.
process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
