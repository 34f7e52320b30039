# The import of users from a file: what is wrong with the file, and with single lines.

import-file-empty = This file is empty. The first line has to name the columns: last_name, first_name, email, mobile …
import-file-no-table = The first line of this file does not name any column that is known. It has to be a CSV file with the columns last_name, first_name, email, mobile, channel, language, type, employee_id, groups.
import-file-no-last-name = The column last_name is missing.
import-file-no-first-name = The column first_name is missing.
import-file-no-address = There is neither a column email nor a column mobile.

import-file-too-large = This file is larger than 50 MB. Bring it in parts, or ask whoever runs this installation to use “convoke import users”.
import-file-twice = The same field is chosen for two columns.
import-file-no-workbook = This file cannot be opened as an Excel workbook: it is damaged, has a password, or is something else. Save it again as XLSX without a password, or as CSV.
import-file-kind = This is neither a CSV nor an XLSX file. In Excel, use “Save as” and choose one of them.
import-line-created = new
import-line-updated = changed
import-line-unchanged = unchanged
import-line-left-out = left out
import-column-line = Line
import-column-result = Result
import-column-why = Why
import-sheet = Import
import-result-file = { $file } - result
import-left-out-file = { $file } - left out

import-bad-line = Line { $line }: { $reason }
import-no-last-name = the last name is missing
import-no-first-name = the first name is missing
import-no-address = there is neither an e-mail nor a mobile
import-bad-email = “{ $value }” is not an e-mail address
import-bad-mobile = “{ $value }” is not a mobile number
import-unknown-channel = the channel “{ $value }” is neither email nor sms
import-unknown-language = the language “{ $value }” is neither en nor fr
import-too-long = the text in { $column } is too long
import-too-many-cells = there are more cells than columns
import-open-quote = a quotation mark is opened and not closed
import-line-too-long = the line is too long
import-two-people = the employee id, e-mail and mobile belong to different people

demo-not-empty = The database is not empty. Demo data goes into an empty one only.
