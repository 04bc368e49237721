#!/bin/sh
# Writes docs/screenshots anew: the pages as the browser tests furnish them, on desktop and phone. Needs Chromium.
cd "$(dirname "$0")/.." || exit 1
dotnet build -v q test/Voltwright.Console.Tests || exit 1
VOLTWRIGHT_SCREENSHOTS=docs/screenshots artifacts/bin/Voltwright.Console.Tests/debug/Voltwright.Console.Tests \
    -noColor -method '*BrowserTests.Pages_AllOfThem_LoadWithoutComplaintsAndSeriousFindings' -method '*DriverBrowserTests.Charge_*' \
    -method '*DriverPaymentTests.Charge_PaidOnThePhone_*'
